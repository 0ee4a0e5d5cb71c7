package io.laurel.server;

import io.laurel.journal.ReadyMemory;
import io.laurel.server.config.LaurelConfig.MemoryPart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The memory of a node's state and images, as it is configured. */
final class NodeMemory {
    private static final Logger LOG = LoggerFactory.getLogger("laurel");

    private NodeMemory() {
    }

    /** Returns where the state's comes from. */
    static ReadyMemory ofState(MemoryPart config) {
        return asked(config, new ReadyMemory(config.mappedBytes()));
    }

    /** Returns where the images' comes from; kept where memory was set aside for the node. */
    static ReadyMemory ofImages(MemoryPart config) {
        final ReadyMemory memory = asked(config, new ReadyMemory());
        if (!config.reserved() && config.mappedBytes() == 0) {
            return memory;
        }
        final ReadyMemory keeping = memory.keepingImages();
        if (config.mappedBytes() > 0) {
            keeping.mapImage(config.mappedBytes());
        }
        return keeping;
    }

    private static ReadyMemory asked(MemoryPart config, ReadyMemory memory) {
        return config.reserved() ? memory.reserved(NodeMemory::tellDenied) : memory;
    }

    private static void tellDenied(long bytes) {
        LOG.warn("memory.huge_pages: the system has not {} MiB of reserved huge pages left: others"
            + " are used; see vm.nr_hugepages and vm.nr_overcommit_hugepages", bytes >> 20);
    }
}
