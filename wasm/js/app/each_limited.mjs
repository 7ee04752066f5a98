/**
 * Calls `work` for every element, in order, a few at a time: enough to keep the workers busy, few enough that what
 * matters more (the pictures on screen) need not wait behind ten thousand others. Ends early once `stopped()`.
 * `work` handles its own errors.
 */
export async function eachLimited(list, limit, stopped, work) {
  let next = 0;
  const lane = async () => {
    while (next < list.length && !stopped()) await work(list[next++]);
  };
  await Promise.all(Array.from({ length: Math.min(limit, list.length) }, lane));
}
