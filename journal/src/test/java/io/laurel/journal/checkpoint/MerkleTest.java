package io.laurel.journal.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against the reference leaves, roots and proofs of Certificate Transparency (RFC 6962). */
final class MerkleTest {
    private static final List<String> LEAVES = List.of("", "00", "10", "2021", "3031", "40414243",
        "5051525354555657", "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS = List.of(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    private static final String LEFT_FOUR = ROOTS.get(4);
    private static final List<String> INCLUSION_0_OF_8 = List.of(
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    private static final List<String> INCLUSION_5_OF_8 = List.of(
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", LEFT_FOUR);
    private static final List<String> CONSISTENCY_6_TO_8 = List.of(
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", LEFT_FOUR);
    private static final List<String> CONSISTENCY_2_TO_5 = List.of(
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static List<byte[]> bytes(List<String> hex) {
        return hex.stream().map(MerkleTest::bytes).toList();
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(HexFormat.of()::formatHex).toList();
    }

    private static MerkleLeaves leaves() {
        MerkleLeaves leaves = new MerkleLeaves();
        LEAVES.forEach(leaf -> leaves.append(Merkle.leaf(bytes(leaf))));
        return leaves;
    }

    @Test
    void shouldGiveTheRootsOfTheReference() {
        MerkleTree tree = new MerkleTree();
        assertEquals(ROOTS.get(0), HexFormat.of().formatHex(tree.root()));
        for (int i = 0; i < LEAVES.size(); i++) {
            tree.append(Merkle.leaf(bytes(LEAVES.get(i))));
            assertEquals(ROOTS.get(i + 1), HexFormat.of().formatHex(tree.root()));
            assertEquals(ROOTS.get(i + 1), HexFormat.of().formatHex(leaves().root(i + 1)));
        }
    }

    @Test
    void shouldGiveAndCheckTheInclusionProofsOfTheReference() {
        assertEquals(INCLUSION_0_OF_8, hex(leaves().inclusion(0, 8)));
        assertEquals(INCLUSION_5_OF_8, hex(leaves().inclusion(5, 8)));
        assertTrue(Merkle.includes(Merkle.leaf(bytes(LEAVES.get(5))), 5, 8,
            bytes(INCLUSION_5_OF_8), bytes(ROOTS.get(8))));
        assertFalse(Merkle.includes(Merkle.leaf(bytes(LEAVES.get(5))), 4, 8,
            bytes(INCLUSION_5_OF_8), bytes(ROOTS.get(8))));
    }

    @Test
    void shouldGiveAndCheckTheConsistencyProofsOfTheReference() {
        assertEquals(CONSISTENCY_6_TO_8, hex(leaves().consistency(6, 8)));
        assertEquals(CONSISTENCY_2_TO_5, hex(leaves().consistency(2, 5)));
        assertTrue(Merkle.extendsTree(6, bytes(ROOTS.get(6)), 8, bytes(ROOTS.get(8)),
            bytes(CONSISTENCY_6_TO_8)));
        assertTrue(Merkle.extendsTree(2, bytes(ROOTS.get(2)), 5, bytes(ROOTS.get(5)),
            bytes(CONSISTENCY_2_TO_5)));
        assertFalse(Merkle.extendsTree(6, bytes(ROOTS.get(5)), 8, bytes(ROOTS.get(8)),
            bytes(CONSISTENCY_6_TO_8)));
    }
}
