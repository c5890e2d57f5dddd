package dev.steward.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What execve(2) and posix_spawn(3) take: an array of strings that ends with a null pointer. */
final class CStrings {
    private CStrings() {}

    static MemorySegment array(SegmentAllocator memory, List<String> strings) {
        var array = memory.allocate(ADDRESS, strings.size() + 1L);
        for (var i = 0; i < strings.size(); i++) {
            array.setAtIndex(ADDRESS, i, memory.allocateFrom(strings.get(i)));
        }
        array.setAtIndex(ADDRESS, strings.size(), MemorySegment.NULL);
        return array;
    }

    static List<String> assignments(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    /** The memory that an array of these takes, with its strings, and one word for alignment. */
    static long room(List<String> strings) {
        var room = ADDRESS.byteSize() * (strings.size() + 2L);
        for (var string : strings) {
            room += string.getBytes(StandardCharsets.UTF_8).length + 1;
        }
        return room;
    }
}
