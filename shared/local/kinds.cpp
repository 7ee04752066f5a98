#include "shared/local/kinds.hpp"

#include <algorithm>
#include <iterator>

// ImageNet's thousand classes, moved by one because 0 is "background". Animals come first and stand in
// groups; the rest is in the order of the alphabet.

namespace vignette::local {
namespace {

struct Range {
  std::size_t first, last;
  std::string_view kind;
};
constexpr Range kRanges[] = {
    {8, 25, "bird"},        {81, 101, "bird"},      {128, 147, "bird"},       {152, 269, "dog"},
    {282, 286, "cat"},      {295, 298, "bear"},     {340, 340, "horse"},      {341, 341, "zebra"},
    {346, 347, "cow"},      {349, 350, "sheep"},    {386, 387, "elephant"},   {1, 398, "animal"},
    {405, 405, "airplane"}, {408, 408, "car"},      {410, 410, "clock"},      {424, 424, "chair"},
    {437, 437, "car"},      {441, 441, "bottle"},   {445, 445, "bicycle"},    {467, 467, "train"},
    {469, 469, "car"},      {473, 473, "boat"},     {485, 485, "boat"},       {505, 505, "cup"},
    {512, 512, "car"},      {531, 531, "clock"},    {548, 548, "train"},      {555, 555, "boat"},
    {556, 556, "truck"},    {560, 560, "chair"},    {570, 570, "truck"},      {577, 577, "boat"},
    {610, 610, "car"},      {626, 626, "boat"},     {628, 628, "car"},        {655, 655, "bus"},
    {657, 657, "car"},      {662, 662, "car"},      {666, 666, "motorcycle"}, {671, 671, "motorcycle"},
    {672, 672, "bicycle"},  {676, 676, "truck"},    {706, 706, "train"},      {718, 718, "truck"},
    {721, 721, "bottle"},   {735, 735, "car"},      {738, 738, "bottle"},     {752, 752, "car"},
    {766, 766, "chair"},    {780, 780, "bus"},      {815, 815, "boat"},       {818, 818, "car"},
    {821, 821, "train"},    {832, 832, "couch"},    {858, 858, "chair"},      {865, 865, "truck"},
    {868, 868, "truck"},    {872, 872, "boat"},     {875, 875, "bus"},        {884, 884, "vase"},
    {893, 893, "clock"},    {896, 896, "airplane"}, {899, 899, "bottle"},     {908, 908, "bottle"},
    {915, 915, "boat"},     {969, 969, "cup"},
};

}  // namespace

std::string_view kind_of_label(std::size_t label) {
  const auto found = std::find_if(std::begin(kRanges), std::end(kRanges), [&](const Range& range) {
    return label >= range.first && label <= range.last;
  });
  return found == std::end(kRanges) ? std::string_view() : found->kind;
}

}  // namespace vignette::local
