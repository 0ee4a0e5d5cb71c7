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

    /**
     * Returns where it comes from.
     *
     * @param atOnceBytes how much of a state is mapped at once
     */
    static ReadyMemory of(MemoryPart config, long atOnceBytes) {
        return config.reserved() ? ReadyMemory.reserved(atOnceBytes, NodeMemory::tellDenied)
            : new ReadyMemory(atOnceBytes);
    }

    private static void tellDenied(long bytes) {
        LOG.warn("memory.huge_pages: the system has not {} MiB of reserved huge pages left: others"
            + " are used; see vm.nr_hugepages and vm.nr_overcommit_hugepages", bytes >> 20);
    }
}
