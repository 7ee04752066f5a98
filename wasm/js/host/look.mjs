// What the system asks for: dark or light, calm or moving.

export function watchLook(send) {
  const light = matchMedia('(prefers-color-scheme: light)');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const tell = () => send({ kind: 'SystemLook', dark: !light.matches, reduced_motion: calm.matches });
  light.addEventListener('change', tell);
  calm.addEventListener('change', tell);
  tell();
}
