// All providers, on this machine: the emulator as the tests speak to it, and a relay that knows it.
import { startEmulatorProcess, startRelay, site } from './browser.mjs';

// Where each provider's base is below the emulator, and what a relay calls its key and its address.
const kProviders = {
  gemini: ['/gemini/v1beta', 'GEMINI_API_KEY', 'GEMINI_BASE_URL'],
  openai: ['/openai/v1', 'OPENAI_API_KEY', 'OPENAI_BASE_URL'],
  anthropic: ['/anthropic/v1', 'ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL'],
  groq: ['/groq/openai/v1', 'GROQ_API_KEY', 'GROQ_BASE_URL'],
  nvidia: ['/nvidia/v1', 'NVIDIA_API_KEY', 'NVIDIA_BASE_URL'],
  hf: ['/hf/v1', 'HF_TOKEN', 'HF_BASE_URL'],
  openrouter: ['/openrouter/api/v1', 'OPENROUTER_API_KEY', 'OPENROUTER_BASE_URL'],
  together: ['/together/v1', 'TOGETHER_API_KEY', 'TOGETHER_BASE_URL'],
  mistral: ['/mistral/v1', 'MISTRAL_API_KEY', 'MISTRAL_BASE_URL'],
  ollama: ['/ollama', null, 'OLLAMA_BASE_URL'],
  llamacpp: ['/llamacpp/v1', null, 'LLAMACPP_BASE_URL'],
  vllm: ['/vllm/v1', null, 'VLLM_BASE_URL'],
  lmstudio: ['/lmstudio/v1', null, 'LMSTUDIO_BASE_URL'],
};
export const kAccessCode = 'class-blue-heron-42';

export async function startEmulator() {
  const { url, stop } = await startEmulatorProcess();
  const control = async (path, body, method = body === undefined ? 'GET' : 'POST') => {
    const reply = await fetch(`${url}/control${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body) });
    const answer = await reply.json();
    if (!reply.ok) throw new Error(`/control${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    url,
    stop,
    control,
    baseOf: (provider) => url + kProviders[provider][0],
    reset: () => control('/reset', {}),
    faults: (rules) => control('/faults', rules),
    /** What arrived, oldest first: {provider, path, times, status, pictures: [{sha256, width, height, bytes, has_exif}], …} */
    async requests(filter = {}) {
      const { requests } = await control(`/requests?${new URLSearchParams({ last: '20000', ...filter })}`);
      return requests;
    },
  };
}

/** A relay whose every provider is the emulator, with one access code. */
export function startRelayTo(emulator, { env = {}, options = [] } = {}) {
  const all = { SECRET_ACCESS_CODE: kAccessCode, ...env };
  for (const [name, [path, key, base]] of Object.entries(kProviders)) {
    all[base] = emulator.url + path;
    if (key) all[key] = `test-${name}`;
  }
  return startRelay(['--site', site, '--port', '0', ...options], all);
}

/** One model that sees, for each provider. @param {Array<{id, vision, retired}>} models */
export function oneForEach(models) {
  const chosen = new Map();
  for (const { id, vision, retired, retires } of models) {
    const provider = id.slice(0, id.indexOf('/'));
    if (vision && !retired && !retires && kProviders[provider] && !chosen.has(provider)) chosen.set(provider, id);
  }
  return chosen;
}
