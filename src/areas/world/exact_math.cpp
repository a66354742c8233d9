#include "areas/world/exact_math.h"

#include <algorithm>
#include <cmath>

namespace suanpan::world {
namespace {

// The logarithm of 2 in two parts; a whole number below 2^20 times the first part is exact (Cody and Waite 1980).
constexpr double log_two_high = 0x1.62e42feep-1, log_two_low = 0x1.a39ef35793c76p-33;

}  // namespace

double exact_exp(double x) {
    x = std::clamp(x, -700.0, 700.0);
    const double twos = std::floor(x / log_two_high + 0.5);
    const double rest = (x - twos * log_two_high) - twos * log_two_low;
    double sum = 1;
    for (int term = 17; term >= 1; --term) sum = 1 + sum * rest / term;  // Taylor, |rest| below 0.35
    return std::ldexp(sum, static_cast<int>(twos));
}

double exact_log(double x) {
    int twos = 0;
    double part = std::frexp(x, &twos);  // 0.5 to 1
    if (part < 0.70710678118654752) {
        part *= 2;
        --twos;
    }
    // log((1 + s) / (1 - s)) = 2 (s + s^3/3 + s^5/5 + …), |s| below 0.172
    const double s = (part - 1) / (part + 1), square = s * s;
    double sum = 0;
    for (int power = 25; power >= 1; power -= 2) sum = sum * square + 1.0 / power;
    return twos * log_two_high + (twos * log_two_low + 2 * s * sum);
}

double exact_power(double base, double exponent) {
    return exact_exp(exponent * exact_log(base));
}

double exact_wave(double turns) {
    constexpr double full_turn = 6.283185307179586;
    const double angle = full_turn * (turns - std::floor(turns + 0.5)), square = angle * angle;
    double sum = 1;
    for (int term = 34; term >= 2; term -= 2) sum = 1 - sum * square / (term * (term - 1));  // Taylor, |angle| <= pi
    return sum;
}

}  // namespace suanpan::world
