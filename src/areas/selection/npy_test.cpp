#include "areas/selection/npy.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace suanpan::selection {
namespace {

// The bytes of numpy.save(file, numpy.array([[1, 2], [3, 4], [5, 6]], "<f4")), written by NumPy.
TEST(Npy, IsWhatNumPyWrites) {
    const std::vector<float> values = {1, 2, 3, 4, 5, 6};
    std::string wanted("\x93NUMPY\x01\x00v\x00", 10);
    wanted += "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }";
    wanted.append(127 - wanted.size(), ' ');
    wanted += '\n';
    wanted.append(reinterpret_cast<const char*>(values.data()), 24);
    EXPECT_EQ(to_npy(values, 2), wanted);
}

TEST(Npy, ValuesBeginAtAMultipleOf64) {
    for (std::size_t count : {0UL, 1UL, 12345678UL / 1000, 99UL}) {
        const std::vector<double> values(count, 2.5);
        const auto file = to_npy(values);
        EXPECT_EQ((file.size() - 8 * count) % 64, 0) << count;
        double last = 0;
        if (count > 0) std::memcpy(&last, file.data() + file.size() - 8, 8);
        EXPECT_EQ(last, count > 0 ? 2.5 : 0);
    }
}

}  // namespace
}  // namespace suanpan::selection
