// The relay against nginx's proxy_pass and Portkey's gateway, in one run, before the same upstream: a line of JSON a
// figure, then all of them as a table. Exit code 1 when one misses its line.
//   node tests/bench/relay_proxy.mjs [--seconds 4] [--rounds 3] [--streams 9500] [--held 5000] [--peers 0|1]
// The relay does all that it does for a class: bearer, limits, reservation on disk, settling, a line of log. Each proxy has
// one core; they take turns, in another order each round, and medians are compared. `cpu_us` is a proxy's processor time
// for one request: it says more than the rate where others use the machine.
import { statSync } from 'node:fs';

import { flood, hold, median, memoryOf, pace, relayProgram, startNginx, startPortkey, startRelay, startUpstream, tidy } from './relay_rig.mjs';

const option = (name, standard) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? standard : Number(process.argv[at + 1]);
};
const seconds = option('seconds', 4);
const rounds = option('rounds', 3);
const table = [];

/** `ratio` is how much of its allowance a figure takes: above 1 it misses its line. */
function say(what, figure, { ours, peer = '', line, ratio, ...more }) {
  console.log(JSON.stringify({ bench: 'relay', what, figure, ours, peer, line, ratio: Number(ratio.toFixed(3)), limit: 1, ...more }));
  table.push([what, figure, String(ours), String(peer), line, ratio <= 1 ? 'met' : 'MISSED']);
}
const round = (value, digits = 0) => Number(value.toFixed(digits));

async function throughput(all, bytes, lines) {
  const results = Object.fromEntries(all.map((one) => [one.name, []]));
  for (let i = 0; i < rounds; i++) {
    for (const one of i % 2 ? [...all].reverse() : all) results[one.name].push(await flood(one, bytes, seconds));
  }
  const of = (name, figure) => median(results[name].map((each) => each[figure]));
  for (const [name, least] of Object.entries(lines)) {
    if (!results[name]) continue;
    const times = of('relay', 'rate') / of(name, 'rate');
    say(`${round(bytes / 1024)} KB posts against ${name}`, 'requests/s', { ours: round(of('relay', 'rate')), peer: round(of(name, 'rate')), line: `≥ ${least}×`, ratio: least / times,
      times: round(times, 2), relay_cpu_us: round(of('relay', 'cpu_us'), 1), peer_cpu_us: round(of(name, 'cpu_us'), 1), cpu_times: round(of(name, 'cpu_us') / of('relay', 'cpu_us'), 2) });
  }
}

async function added(direct, relay, nginx) {
  const results = { direct: [], nginx: [], relay: [] };
  for (let i = 0; i < rounds; i++) {
    const order = [direct, nginx, relay];
    for (const one of i % 2 ? order.reverse() : order) results[one.name].push(await pace(one, 2048, 5000, seconds));
  }
  const failed = results.relay.reduce((sum, each) => sum + each.failed, 0);
  for (const [figure, most] of [['p50_ms', 0.1], ['p99_ms', 1]]) {
    const more = (name) => median(results[name].map((each, i) => each[figure] - results.direct[i][figure]));
    say('2 KB posts, 5,000 a second', `added ${figure.slice(0, 3)}, ms`, { ours: round(more('relay'), 3), peer: round(more('nginx'), 3), line: `≤ ${most} ms`, ratio: failed ? 99 : Math.max(more('relay'), 0) / most,
      failed, direct_ms: round(median(results.direct.map((each) => each[figure])), 3) });
  }
}

async function held(what, count, bytes, stream, ...slow) {
  const relay = await startRelay((await startUpstream(...slow)).url);
  const { failed, kb_each } = await hold(relay, count, bytes, stream);
  say(`${count} ${what}`, 'KB each', { ours: round(kb_each, 1), line: '< 20 KB, none fails', ratio: failed ? 99 : kb_each / 20, failed });
  relay.child.kill();
}

try {
  const direct = await startUpstream();
  const relay = await startRelay(direct.url);
  say('start', 'ready, ms', { ours: round(relay.ready_ms), line: '< 100', ratio: relay.ready_ms / 100 });
  say('idle', 'memory, kB', { ours: memoryOf(relay), line: '< 20,000', ratio: memoryOf(relay) / 20_000 });
  say('program', 'bytes', { ours: statSync(relayProgram).size, line: '< 10 MB', ratio: statSync(relayProgram).size / 1e7 });
  const nginx = await startNginx(direct.url);
  const peers = option('peers', 1) ? [nginx, await startPortkey(direct.url)] : [nginx];
  await throughput([relay, ...peers], 2048, { nginx: 0.6, portkey: 40 });
  await throughput([relay, ...peers], 300 * 1024, { nginx: 1, portkey: 25 });
  for (const one of peers.slice(1)) one.child.kill();
  await added(direct, relay, nginx);
  if (option('held', 5000)) await held('requests of 300 KB held for 10 s', option('held', 5000), 300 * 1024, false, '--delay-ms', '10000');
  if (option('streams', 9500)) await held('event streams held', option('streams', 9500), 2048, true, '--events', '5', '--every-ms', '4000');
} finally {
  tidy();
}
const wide = (column) => Math.max(...table.map((row) => row[column].length));
for (const row of [['what', 'figure', 'relay', 'peer', 'line', ''], ...table]) console.log(row.map((cell, i) => cell.padEnd(wide(i))).join('  '));
process.exitCode = table.some((row) => row.at(-1) === 'MISSED') ? 1 : 0;
