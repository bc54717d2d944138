import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance } from 'fastify';
import { addControlApi } from './control/control-api.ts';
import { addLiveFeed, LiveFeed } from './control/live-feed.ts';
import { findSent } from './control/message-routes.ts';
import { addGraphApi, unknownPath } from './graph/graph-api.ts';
import { GraphError } from './graph/graph-error.ts';
import { type InboundInput, inboundSchema } from './inject/inbound-spec.ts';
import { type InjectOptions, injectInbound } from './inject/inject-inbound.ts';
import { HARASSER } from './scenarios/harassing-contact.ts';
import { ScenarioRunner } from './scenarios/runner.ts';
import { type ChannelOptions, createChannel, DEFAULT_CHANNEL } from './state/channels.ts';
import { createWorld, type WorldControl } from './state/create-world.ts';
import { RequestError } from './state/request-error.ts';
import { defaultSettings, patchSettings, type SettingsPatch } from './state/settings.ts';
import { keepState } from './state/state-file.ts';
import type { InboundRecord, SentMessage, World } from './state/world.ts';
import { keepShakingHands } from './webhooks/keep-shaking-hands.ts';

export interface SimulatorOptions {
  host?: string;
  /** 0 picks a free one. */
  port?: number;
  /** Where the webhooks of every channel go that names no URL of its own. */
  webhookUrl?: string | null;
  /** Further business numbers; one with the id of the demo number replaces it. */
  channels?: readonly ChannelOptions[];
  settings?: SettingsPatch;
  /** The only token taken; without it any token is good. */
  accessToken?: string | null;
  /** Folder of the built page. */
  pageDir?: string;
  /** Phones on the desk from the start. */
  desk?: readonly { number: string; name: string }[];
  /** Somebody who writes offences again and again. */
  harasser?: boolean | { number?: string; name?: string; everyMs?: number };
  /** Ordinary people who write now and then. */
  customers?: boolean;
  /** GET the webhook with a challenge at the start, until it answers. */
  handshake?: boolean;
  /** Where the business reaches the simulator, when that is not where it listens. */
  publicUrl?: string;
  /** Remembers people, their conversations and the block lists across restarts. */
  stateFile?: string;
  logLimit?: number;
  /** Webhooks under way at once. */
  concurrency?: number;
}

export interface Simulator {
  readonly url: string;
  readonly port: number;
  /** The simulator's inside, for tests in the same process. */
  readonly world: World;
  readonly scenarios: ScenarioRunner;
  inbound: (spec: InboundInput) => InboundRecord;
  inboundTogether: (specs: readonly InboundInput[], options?: InjectOptions) => InboundRecord[];
  outbox: (to?: string) => SentMessage[];
  settings: (patch: SettingsPatch) => void;
  setWebhookUrl: (url: string | null, phoneNumberId?: string) => void;
  reset: () => void;
  close: () => Promise<void>;
}

const BODY_LIMIT = 4 * 1024 * 1024;
const SECURITY = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** `/v25.0/123/messages` and `/123/messages` are the same to us. */
function withoutVersion(url: string): string {
  return url.replace(/^\/v\d+\.\d+(?=\/)/, '');
}

function createHttp(): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 2_000 },
    rewriteUrl: (request) => withoutVersion(request.url ?? '/'),
  });
  // Graph answers a missing or broken body in its own envelope, so nothing may throw here.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? null : JSON.parse(String(body)));
    } catch {
      done(null, null);
    }
  });
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof RequestError)
      return reply.code(error.status).send({ error: error.message });
    if (error instanceof GraphError) return reply.code(error.httpStatus).send(error.toBody());
    return reply.code(500).send({ error: error instanceof Error ? error.message : 'failed' });
  });
  app.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith('/_sim')) return reply.code(404).send({ error: 'no such path' });
    const error = unknownPath(request.url);
    return reply.code(error.httpStatus).send(error.toBody());
  });
  return app;
}

async function addPage(app: FastifyInstance, pageDir: string | undefined): Promise<void> {
  if (pageDir === undefined || !existsSync(path.join(pageDir, 'index.html'))) {
    app.get('/', () => ({ simulator: 'WhatsApp', control: '/_sim/state' }));
    return;
  }
  app.addHook('onSend', async (_request, reply) => {
    // What people sent comes with a stricter policy of its own.
    if (!reply.hasHeader('content-security-policy')) reply.headers(SECURITY);
  });
  await app.register(fastifyStatic, { root: path.resolve(pageDir), cacheControl: false });
}

function createChannels(options: SimulatorOptions) {
  const webhookUrl = options.webhookUrl ?? null;
  const all = new Map([[DEFAULT_CHANNEL.phoneNumberId, DEFAULT_CHANNEL]]);
  for (const channel of options.channels ?? []) all.set(channel.phoneNumberId, channel);
  return [...all.values()].map((channel) => createChannel(channel, webhookUrl));
}

function startScenarios(scenarios: ScenarioRunner, options: SimulatorOptions): void {
  const { harasser, customers } = options;
  if (harasser !== undefined && harasser !== false) {
    scenarios.start('harassing-contact', harasser === true ? HARASSER : harasser);
  }
  if (customers === true) scenarios.start('everyday-customers');
}

function setTheDesk({ world }: WorldControl, options: SimulatorOptions): void {
  if (world.people.list().some((person) => person.onDesk)) return;
  for (const { number, name } of options.desk ?? []) {
    world.people.ensure(number, { name, onDesk: true });
  }
}

/** Without its folder the files stay in memory: a closed disk costs the memory of a simulator, not the simulator. */
function keepMedia(world: World, folder: string): void {
  try {
    world.media.keepIn(folder);
  } catch {
    world.log.add('note', 'A pasta dos arquivos não pôde ser usada', { state: 'failed' });
  }
}

/** Starts a WhatsApp of one's own: Graph API, webhooks, phones, control API and page. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const control = createWorld({
    channels: createChannels(options),
    settings: patchSettings(defaultSettings(), options.settings ?? {}),
    accessToken: options.accessToken ?? null,
    logLimit: options.logLimit ?? 500,
    concurrency: options.concurrency ?? 64,
  });
  const { world } = control;
  if (options.stateFile !== undefined) keepMedia(world, `${options.stateFile}.media`);
  const stopSaving =
    options.stateFile === undefined ? () => {} : keepState(world, options.stateFile);
  const scenarios = new ScenarioRunner(world, () => feed.refresh());
  const feed = new LiveFeed(world, world.log, () => ({ scenarios: scenarios.list() }));
  const reset = () => {
    scenarios.stopAll();
    control.clear();
    setTheDesk(control, options);
  };
  const app = createHttp();
  await addGraphApi(app, world);
  await addControlApi(app, { world, scenarios, reset, refresh: () => feed.refresh() });
  addLiveFeed(app, feed);
  await addPage(app, options.pageDir);
  await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  const { address, port } = app.server.address() as AddressInfo;
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
  world.publicUrl = options.publicUrl ?? url;
  setTheDesk(control, options);
  const stopHandshakes =
    options.handshake === false ? () => {} : keepShakingHands(world, () => feed.refresh());
  startScenarios(scenarios, options);
  const parse = (spec: InboundInput) => inboundSchema.parse(spec);
  return {
    url,
    port,
    world,
    scenarios,
    inbound: (spec) => {
      const [record] = injectInbound(world, [parse(spec)]);
      if (record === undefined) throw new Error('nothing was injected');
      return record;
    },
    inboundTogether: (specs, how) => injectInbound(world, specs.map(parse), how),
    outbox: (to) => findSent(world, to === undefined ? {} : { to }),
    settings: (patch) => {
      world.settings = patchSettings(world.settings, patch);
    },
    setWebhookUrl: (url, phoneNumberId) => {
      for (const channel of world.channels.values()) {
        if (phoneNumberId === undefined || channel.phoneNumberId === phoneNumberId) {
          channel.webhookUrl = url;
        }
      }
      world.webhooks.wake();
    },
    reset,
    close: async () => {
      stopHandshakes();
      scenarios.stopAll();
      stopSaving();
      feed.close();
      control.close();
      await app.close();
    },
  };
}
