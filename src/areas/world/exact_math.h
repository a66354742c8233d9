#pragma once

namespace suanpan::world {

// exp, log and the like from additions, multiplications, divisions and square roots alone, which IEEE 754 rounds the
// same way everywhere. The C library's differ in the last bit from one version or processor to the next (glibc picks a
// variant with or without fused multiply-add when a program starts), and one bit can move a drawn unit of demand.
// Relative error below 1e-14 where the result is a normal number.
[[nodiscard]] double exact_exp(double x);
[[nodiscard]] double exact_log(double x);                        // of x > 0
[[nodiscard]] double exact_power(double base, double exponent);  // of base > 0
[[nodiscard]] double exact_wave(double turns);                   // the cosine of that share of a full turn

}  // namespace suanpan::world
