/* Which of libjpeg-turbo's kernels the wasm build uses: its NEON ones, which are C with intrinsics and become wasm
 * SIMD, for the paths that our decoder and encoder take. Everything else answers "no kernel" from the library's own
 * jsimd_none.c, included below with the names we answer ourselves out of the way. wasm SIMD cannot be missing at
 * run time (the module would not have compiled), so there is nothing to detect. */
#define jsimd_can_rgb_ycc none_can_rgb_ycc
#define jsimd_rgb_ycc_convert none_rgb_ycc_convert
#define jsimd_can_ycc_rgb none_can_ycc_rgb
#define jsimd_ycc_rgb_convert none_ycc_rgb_convert
#define jsimd_can_h2v1_downsample none_can_h2v1_downsample
#define jsimd_h2v1_downsample none_h2v1_downsample
#define jsimd_can_h2v2_downsample none_can_h2v2_downsample
#define jsimd_h2v2_downsample none_h2v2_downsample
#define jsimd_can_h2v1_fancy_upsample none_can_h2v1_fancy_upsample
#define jsimd_h2v1_fancy_upsample none_h2v1_fancy_upsample
#define jsimd_can_h2v2_fancy_upsample none_can_h2v2_fancy_upsample
#define jsimd_h2v2_fancy_upsample none_h2v2_fancy_upsample
#define jsimd_can_h1v2_fancy_upsample none_can_h1v2_fancy_upsample
#define jsimd_h1v2_fancy_upsample none_h1v2_fancy_upsample
#define jsimd_can_convsamp none_can_convsamp
#define jsimd_convsamp none_convsamp
#define jsimd_can_fdct_islow none_can_fdct_islow
#define jsimd_fdct_islow none_fdct_islow
#define jsimd_can_quantize none_can_quantize
#define jsimd_quantize none_quantize
#define jsimd_can_idct_2x2 none_can_idct_2x2
#define jsimd_idct_2x2 none_idct_2x2
#define jsimd_can_idct_4x4 none_can_idct_4x4
#define jsimd_idct_4x4 none_idct_4x4
#define jsimd_can_idct_islow none_can_idct_islow
#define jsimd_idct_islow none_idct_islow
#include "jsimd_none.c"
#undef jsimd_can_rgb_ycc
#undef jsimd_rgb_ycc_convert
#undef jsimd_can_ycc_rgb
#undef jsimd_ycc_rgb_convert
#undef jsimd_can_h2v1_downsample
#undef jsimd_h2v1_downsample
#undef jsimd_can_h2v2_downsample
#undef jsimd_h2v2_downsample
#undef jsimd_can_h2v1_fancy_upsample
#undef jsimd_h2v1_fancy_upsample
#undef jsimd_can_h2v2_fancy_upsample
#undef jsimd_h2v2_fancy_upsample
#undef jsimd_can_h1v2_fancy_upsample
#undef jsimd_h1v2_fancy_upsample
#undef jsimd_can_convsamp
#undef jsimd_convsamp
#undef jsimd_can_fdct_islow
#undef jsimd_fdct_islow
#undef jsimd_can_quantize
#undef jsimd_quantize
#undef jsimd_can_idct_2x2
#undef jsimd_idct_2x2
#undef jsimd_can_idct_4x4
#undef jsimd_idct_4x4
#undef jsimd_can_idct_islow
#undef jsimd_idct_islow
#include "simd/jsimd.h"

#include <string.h>
#include <wasm_simd128.h>

int jsimd_can_rgb_ycc(void) { return 1; }
int jsimd_can_ycc_rgb(void) { return 1; }
int jsimd_can_h2v1_downsample(void) { return 1; }
int jsimd_can_h2v2_downsample(void) { return 1; }
int jsimd_can_h2v1_fancy_upsample(void) { return 1; }
int jsimd_can_h2v2_fancy_upsample(void) { return 1; }
int jsimd_can_h1v2_fancy_upsample(void) { return 1; }
int jsimd_can_convsamp(void) { return 1; }
int jsimd_can_fdct_islow(void) { return 1; }
int jsimd_can_quantize(void) { return 1; }
int jsimd_can_idct_2x2(void) { return 1; }
int jsimd_can_idct_4x4(void) { return 1; }
int jsimd_can_idct_islow(void) { return 1; }

void jsimd_rgb_ycc_convert(j_compress_ptr cinfo, JSAMPARRAY in, JSAMPIMAGE out, JDIMENSION row, int rows) {
  if (cinfo->in_color_space == JCS_EXT_RGBX || cinfo->in_color_space == JCS_EXT_RGBA)
    jsimd_extrgbx_ycc_convert_neon(cinfo->image_width, in, out, row, rows);
  else
    jsimd_rgb_ycc_convert_neon(cinfo->image_width, in, out, row, rows);
}
/* YCbCr to RGBA, 16 pixels at a time, in 64ths: R = Y + 1.402 Cr, G = Y - 0.344136 Cb - 0.714136 Cr,
 * B = Y + 1.772 Cb. The library's NEON kernel stores four channels interleaved, which NEON does in one instruction
 * and its translation in dozens: it took half the time of a full decode, this takes a tenth of that. */
static void rgba_from_16(const JSAMPLE *y_in, const JSAMPLE *cb_in, const JSAMPLE *cr_in, JSAMPLE *out) {
  v128_t channel[3][2];
  for (int half = 0; half < 2; half++) {
    const v128_t centre = wasm_i16x8_const_splat(128), round = wasm_i16x8_const_splat(32);
    const v128_t y = wasm_i16x8_add(wasm_i16x8_shl(wasm_u16x8_load8x8(y_in + 8 * half), 6), round);
    const v128_t cb = wasm_i16x8_shl(wasm_i16x8_sub(wasm_u16x8_load8x8(cb_in + 8 * half), centre), 6);
    const v128_t cr = wasm_i16x8_shl(wasm_i16x8_sub(wasm_u16x8_load8x8(cr_in + 8 * half), centre), 6);
#define PART(v, factor) wasm_i16x8_q15mulr_sat(v, wasm_i16x8_const_splat((short)((factor) * 32768 + 0.5)))
    const v128_t red = wasm_i16x8_add(wasm_i16x8_add(y, cr), PART(cr, 0.402));
    const v128_t green = wasm_i16x8_sub(wasm_i16x8_sub(y, PART(cb, 0.344136)), PART(cr, 0.714136));
    const v128_t blue = wasm_i16x8_add(wasm_i16x8_add(y, cb), PART(cb, 0.772));
#undef PART
    channel[0][half] = wasm_i16x8_shr(red, 6);
    channel[1][half] = wasm_i16x8_shr(green, 6);
    channel[2][half] = wasm_i16x8_shr(blue, 6);
  }
  const v128_t r = wasm_u8x16_narrow_i16x8(channel[0][0], channel[0][1]);
  const v128_t g = wasm_u8x16_narrow_i16x8(channel[1][0], channel[1][1]);
  const v128_t b = wasm_u8x16_narrow_i16x8(channel[2][0], channel[2][1]);
  const v128_t a = wasm_u8x16_const_splat(255);
#define LOW(p, q) wasm_i8x16_shuffle(p, q, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define HIGH(p, q) wasm_i8x16_shuffle(p, q, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#define LOW2(p, q) wasm_i16x8_shuffle(p, q, 0, 8, 1, 9, 2, 10, 3, 11)
#define HIGH2(p, q) wasm_i16x8_shuffle(p, q, 4, 12, 5, 13, 6, 14, 7, 15)
  const v128_t rg0 = LOW(r, g), rg1 = HIGH(r, g), ba0 = LOW(b, a), ba1 = HIGH(b, a);
  wasm_v128_store(out, LOW2(rg0, ba0));
  wasm_v128_store(out + 16, HIGH2(rg0, ba0));
  wasm_v128_store(out + 32, LOW2(rg1, ba1));
  wasm_v128_store(out + 48, HIGH2(rg1, ba1));
#undef LOW
#undef HIGH
#undef LOW2
#undef HIGH2
}

void jsimd_ycc_rgb_convert(j_decompress_ptr cinfo, JSAMPIMAGE in, JDIMENSION row, JSAMPARRAY out, int rows) {
  const JDIMENSION width = cinfo->output_width;
  if (cinfo->out_color_space != JCS_EXT_RGBX && cinfo->out_color_space != JCS_EXT_RGBA) {
    jsimd_ycc_rgb_convert_neon(width, in, row, out, rows);
    return;
  }
  for (int i = 0; i < rows; i++, row++) {
    const JSAMPLE *y = in[0][row], *cb = in[1][row], *cr = in[2][row];
    JDIMENSION x = 0;
    for (; x + 16 <= width; x += 16) rgba_from_16(y + x, cb + x, cr + x, out[i] + 4 * x);
    if (x < width) {
      JSAMPLE rest[3][16] = {{0}}, pixels[64];
      memcpy(rest[0], y + x, width - x);
      memcpy(rest[1], cb + x, width - x);
      memcpy(rest[2], cr + x, width - x);
      rgba_from_16(rest[0], rest[1], rest[2], pixels);
      memcpy(out[i] + 4 * x, pixels, 4 * (width - x));
    }
  }
}
void jsimd_h2v1_downsample(j_compress_ptr cinfo, jpeg_component_info *c, JSAMPARRAY in, JSAMPARRAY out) {
  jsimd_h2v1_downsample_neon(cinfo->image_width, cinfo->max_v_samp_factor, c->v_samp_factor, c->width_in_blocks, in,
                             out);
}
void jsimd_h2v2_downsample(j_compress_ptr cinfo, jpeg_component_info *c, JSAMPARRAY in, JSAMPARRAY out) {
  jsimd_h2v2_downsample_neon(cinfo->image_width, cinfo->max_v_samp_factor, c->v_samp_factor, c->width_in_blocks, in,
                             out);
}
void jsimd_h2v1_fancy_upsample(j_decompress_ptr cinfo, jpeg_component_info *c, JSAMPARRAY in, JSAMPARRAY *out) {
  jsimd_h2v1_fancy_upsample_neon(cinfo->max_v_samp_factor, c->downsampled_width, in, out);
}
void jsimd_h2v2_fancy_upsample(j_decompress_ptr cinfo, jpeg_component_info *c, JSAMPARRAY in, JSAMPARRAY *out) {
  jsimd_h2v2_fancy_upsample_neon(cinfo->max_v_samp_factor, c->downsampled_width, in, out);
}
void jsimd_h1v2_fancy_upsample(j_decompress_ptr cinfo, jpeg_component_info *c, JSAMPARRAY in, JSAMPARRAY *out) {
  jsimd_h1v2_fancy_upsample_neon(cinfo->max_v_samp_factor, c->downsampled_width, in, out);
}
void jsimd_convsamp(JSAMPARRAY samples, JDIMENSION column, DCTELEM *workspace) {
  jsimd_convsamp_neon(samples, column, workspace);
}
void jsimd_fdct_islow(DCTELEM *block) { jsimd_fdct_islow_neon(block); }
void jsimd_quantize(JCOEFPTR out, DCTELEM *divisors, DCTELEM *workspace) {
  jsimd_quantize_neon(out, divisors, workspace);
}
void jsimd_idct_2x2(j_decompress_ptr cinfo, jpeg_component_info *c, JCOEFPTR block, JSAMPARRAY out,
                    JDIMENSION column) {
  jsimd_idct_2x2_neon(c->dct_table, block, out, column);
}
void jsimd_idct_4x4(j_decompress_ptr cinfo, jpeg_component_info *c, JCOEFPTR block, JSAMPARRAY out,
                    JDIMENSION column) {
  jsimd_idct_4x4_neon(c->dct_table, block, out, column);
}
void jsimd_idct_islow(j_decompress_ptr cinfo, jpeg_component_info *c, JCOEFPTR block, JSAMPARRAY out,
                      JDIMENSION column) {
  jsimd_idct_islow_neon(c->dct_table, block, out, column);
}
