#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "areas/selection/embeddings/embedding_model.h"
#include "areas/selection/embeddings/network_model.h"
#include "platform/engines/picture.h"

namespace suanpan::selection {
namespace {

using engines::OnnxPort;

constexpr std::size_t pictures_at_once = 8, usual_side = 224;

std::unexpected<Error> unfit_picture_model(const std::string& what, const std::string& about) {
    return fail(ErrorCode::invalid_argument, what + "; export an image model without its classifier", about);
}

struct PictureShape {
    engines::PictureSize size;
    bool one_at_once = false;
    std::string input, output;
    std::array<float, 3> mean = {0.485F, 0.456F, 0.406F}, deviation = {0.229F, 0.224F, 0.225F};  // ImageNet's
};

Result<std::size_t> side_of(std::int64_t side, const std::string& about) {
    if (side < 1) return usual_side;
    if (side <= 1024) return static_cast<std::size_t>(side);
    return unfit_picture_model(fmt::format("the model asks for pictures of {} points a side", side), about);
}

Result<> read_picture_input(const engines::OnnxNetwork& network, PictureShape& shape, const std::string& about) {
    const auto& inputs = network.inputs();
    const bool fits = inputs.size() == 1 && inputs[0].kind == OnnxPort::Kind::real && inputs[0].shape.size() == 4 &&
                      inputs[0].shape[0] <= 1 && (inputs[0].shape[1] == 3 || inputs[0].shape[1] < 0);
    if (!fits) return unfit_picture_model("the model has not one input of float32 [batch, 3, height, width]", about);
    shape.input = inputs[0].name;
    shape.one_at_once = inputs[0].shape[0] == 1;
    shape.size.height = TRY(side_of(inputs[0].shape[2], about));
    shape.size.width = TRY(side_of(inputs[0].shape[3], about));
    return {};
}

void read_three(const operations::Json& json, std::string_view key, std::array<float, 3>& to) {
    const auto* values = operations::member(json, key);
    if (values == nullptr || !values->is_array() || values->get_array().size() != 3) return;
    for (std::size_t c = 0; c < 3; ++c)
        if (values->get_array()[c].is_number())
            to[c] = static_cast<float>(operations::as_number(values->get_array()[c]));
}

class PictureNetwork final : public EmbeddingModel {
  public:
    PictureNetwork(std::string checksum, std::unique_ptr<engines::OnnxNetwork> network, PictureShape shape,
                   std::string about)
        : EmbeddingModel(std::move(checksum)),
          network_(std::move(network)),
          shape_(std::move(shape)),
          about_(std::move(about)) {}

    Result<> try_out() {
        const auto output = TRY(run(std::vector<float>(picture_values()), 1));
        width_ = output.values.size();
        return {};
    }
    [[nodiscard]] std::size_t width() const override { return width_; }
    [[nodiscard]] std::string form() const override { return "onnx"; }

    [[nodiscard]] Result<ContentVectors> embed(std::span<const std::string> contents) const override {
        ContentVectors made{std::vector<float>(contents.size() * width_), std::vector<std::string>(contents.size())};
        const std::size_t most = shape_.one_at_once ? 1 : pictures_at_once;
        TRY(each_of((contents.size() + most - 1) / most, [&](std::size_t b) {
            return embed_batch(contents, b * most, std::min(contents.size(), (b + 1) * most), made);
        }));
        return made;
    }

  private:
    std::size_t picture_values() const { return 3 * shape_.size.width * shape_.size.height; }

    // Of pictures that cannot be read nothing is asked.
    Result<> embed_batch(std::span<const std::string> contents, std::size_t first, std::size_t end,
                         ContentVectors& made) const {
        std::vector<float> values;
        std::vector<std::size_t> places;
        for (auto i = first; i < end; ++i) {
            const auto least = std::max(shape_.size.width, shape_.size.height);
            const auto picture = engines::decode_picture(contents[i], least, "");
            if (!picture) {
                made.problems[i] = picture.error().message;
                continue;
            }
            add_scaled(engines::fitted(*picture, shape_.size), values);
            places.push_back(i);
        }
        if (places.empty()) return {};
        const auto output = TRY(run(values, places.size()));
        if (output.values.size() != places.size() * width_)
            return unfit_picture_model("the model gives vectors of changing width", about_);
        for (std::size_t row = 0; row < places.size(); ++row)
            TRY(put_unit(std::span(output.values).subspan(row * width_, width_),
                         std::span(made.values).subspan(places[row] * width_, width_), about_));
        return {};
    }

    void add_scaled(const std::vector<float>& picture, std::vector<float>& to) const {
        const auto points = picture.size() / 3;
        for (std::size_t i = 0; i < picture.size(); ++i)
            to.push_back((picture[i] - shape_.mean[i / points]) / shape_.deviation[i / points]);
    }

    Result<engines::OnnxOutput> run(const std::vector<float>& values, std::size_t count) const {
        const std::vector<std::int64_t> shape = {static_cast<std::int64_t>(count), 3,
                                                 static_cast<std::int64_t>(shape_.size.height),
                                                 static_cast<std::int64_t>(shape_.size.width)};
        const engines::OnnxInput input{shape_.input, shape, std::span<const float>(values)};
        auto output = TRY(network_->run({&input, 1}, shape_.output));
        const auto& sides = output.shape;
        const bool fits = sides.size() >= 2 && sides[0] == shape[0] && sides[1] > 0 &&
                          std::all_of(sides.begin() + 2, sides.end(), [](auto side) { return side == 1; });
        if (!fits)
            return unfit_picture_model(fmt::format("the output \"{}\" is not [batch, width]", shape_.output), about_);
        return output;
    }

    std::unique_ptr<engines::OnnxNetwork> network_;
    PictureShape shape_;
    std::string about_;
    std::size_t width_ = 0;
};

Result<> read_scale(ModelFiles& files, PictureShape& shape) {
    const auto json = TRY(files.json("preprocessor_config.json"));
    if (!json) return {};
    read_three(*json, "image_mean", shape.mean);
    read_three(*json, "image_std", shape.deviation);
    if (std::ranges::all_of(shape.deviation, [](float d) { return d > 1e-3F; })) return {};
    return fail(ErrorCode::invalid_argument, "image_std must be three numbers above 0",
                files.path("preprocessor_config.json"));
}

}  // namespace

Result<std::unique_ptr<EmbeddingModel>> read_picture_model(const std::filesystem::path& folder) {
    auto files = TRY(ModelFiles::open(folder));
    if (!files.has(network_file))
        return fail(ErrorCode::not_found,
                    "the folder has no model.onnx; models of other formats are not read: export this one to ONNX",
                    folder.string());
    const auto about = files.path(network_file);
    auto network = TRY(read_network(files));
    PictureShape shape;
    TRY(read_picture_input(*network, shape, about));
    TRY(read_scale(files, shape));
    shape.output = TRY(output_named(*network, {"image_embeds", "pooler_output", "embedding"}, about));
    auto model = std::make_unique<PictureNetwork>(files.checksum(), std::move(network), std::move(shape), about);
    TRY(model->try_out());
    return model;
}

}  // namespace suanpan::selection
