// What ImGui's OpenGL back end asks of the context before each frame, answered without asking the context.
//
// The back end saves the state it is about to change and puts it back afterwards. In a browser every such
// question waits until the graphics process has done all that was sent before: measured, ten seconds of
// waiting while a hundred pictures came in. Nobody else draws with state of their own here, so the answers
// are constants that are safe to restore. deploy/cmake/imgui.cmake renames the two calls for that one file.

#include <GLES3/gl3.h>

extern "C" {

void vignette_gl_get(GLenum name, GLint* value) {
  switch (name) {
    case GL_ACTIVE_TEXTURE: *value = GL_TEXTURE0; return;
    case GL_CURRENT_PROGRAM:
    case GL_TEXTURE_BINDING_2D:
    case GL_SAMPLER_BINDING:
    case GL_ARRAY_BUFFER_BINDING:
    case GL_VERTEX_ARRAY_BINDING: *value = 0; return;
    case GL_VIEWPORT:
    case GL_SCISSOR_BOX:
      for (int i = 0; i < 4; ++i) value[i] = 0;
      return;
    case GL_BLEND_SRC_RGB:
    case GL_BLEND_SRC_ALPHA: *value = GL_ONE; return;
    case GL_BLEND_DST_RGB:
    case GL_BLEND_DST_ALPHA: *value = GL_ZERO; return;
    case GL_BLEND_EQUATION_RGB:
    case GL_BLEND_EQUATION_ALPHA: *value = GL_FUNC_ADD; return;
    default: glGetIntegerv(name, value);  // limits, asked once at the start
  }
}

GLboolean vignette_gl_is_enabled(GLenum) { return GL_FALSE; }

}  // extern "C"
