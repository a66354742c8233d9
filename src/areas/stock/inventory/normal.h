#pragma once

namespace suanpan::stock {

// The standard normal distribution.
[[nodiscard]] double normal_density(double z);
[[nodiscard]] double normal_cumulative(double z);
// Inverse of the above, Wichura (1988), algorithm AS 241 (PPND16); minus and plus infinity at 0 and 1.
[[nodiscard]] double normal_quantile(double level);
// E[(Z - z)+], the standard loss function of Snyder and Shen, Fundamentals of Supply Chain Theory, 2nd ed., (C.22).
[[nodiscard]] double normal_loss(double z);

}  // namespace suanpan::stock
