#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "areas/data/sources/bytes.h"

struct zip;

namespace suanpan::data {

// An archive whose entries are read by name.
class ZipFile {
  public:
    [[nodiscard]] static Result<std::unique_ptr<ZipFile>> open(const std::filesystem::path& file,
                                                               const UnpackLimits& limits);
    ~ZipFile();
    ZipFile(const ZipFile&) = delete;
    ZipFile& operator=(const ZipFile&) = delete;

    [[nodiscard]] bool has(const std::string& name) const;
    // Read while this lives. Errors: not_found; invalid_argument for one that is broken, encrypted or endless.
    [[nodiscard]] Result<std::unique_ptr<Bytes>> entry(const std::string& name) const;
    // The whole of an entry that must not be larger than this.
    [[nodiscard]] Result<std::string> text(const std::string& name, std::size_t largest) const;
    [[nodiscard]] const std::string& about() const { return about_; }

  private:
    ZipFile(zip* archive, std::string about, UnpackLimits limits);
    zip* archive_;
    std::string about_;
    UnpackLimits limits_;
};

// The elements of one name within an XML text, each as a text of its own, one after the other, so that a text of any
// size can be read. None of them holds another of its name.
class Elements {
  public:
    // "row", or "x:row" where the text's names have a prefix.
    Elements(std::unique_ptr<Bytes> text, std::string name) : text_(std::move(text)), name_(std::move(name)) {}
    // None at the end. The view holds until the next call. Errors: an element that does not end or is above 16 MiB.
    [[nodiscard]] Result<std::string_view> next();

  private:
    [[nodiscard]] Result<bool> fill();
    [[nodiscard]] Result<bool> find_begin();
    [[nodiscard]] Result<std::size_t> find_end();
    std::unique_ptr<Bytes> text_;
    std::string name_, buffer_;
    std::size_t at_ = 0;
    bool ended_ = false;
};

}  // namespace suanpan::data
