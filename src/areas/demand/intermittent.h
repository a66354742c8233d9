#pragma once

#include <span>

namespace suanpan::demand {

// Expected demand a period where many periods have none; the same for every period to come. All give 0 for a series
// without demand. y: finite, at least one value.

// Croston (1972): the size of demands over the periods between them, each smoothed with alpha.
[[nodiscard]] double croston(std::span<const double> y, double alpha = 0.1);
// Syntetos and Boylan (2005): Croston's bias taken out, 1 - alpha / 2.
[[nodiscard]] double syntetos_boylan(std::span<const double> y, double alpha = 0.1);
// Teunter, Syntetos and Babai (2011): the size times the chance of demand, which falls while there is none.
[[nodiscard]] double teunter_syntetos_babai(std::span<const double> y, double alpha_size = 0.2,
                                            double alpha_chance = 0.2);
// Nikolopoulos et al. (2011): sums over blocks as long as the mean time between demands, smoothed, spread evenly.
[[nodiscard]] double adida(std::span<const double> y);
// Petropoulos and Kourentzes (2015): the mean of ADIDA over every block length up to that of `adida`.
[[nodiscard]] double imapa(std::span<const double> y);

}  // namespace suanpan::demand
