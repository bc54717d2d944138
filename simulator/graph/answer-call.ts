import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LogEntry } from '../state/event-log.ts';
import type { Fault, FaultFacts } from '../state/faults.ts';
import type { SentMessage, World } from '../state/world.ts';
import { authorizeRequest, checkProof, expectedToken } from './authorize-request.ts';
import { GraphError } from './graph-error.ts';

/** What a call came to: the answer, and the message when one was accepted. */
export interface Outcome {
  status: number;
  body: object;
  sent?: SentMessage;
  /** Writes the answer itself; `body` then is for the log. */
  deliver?: (reply: FastifyReply, fault: Fault | null) => Promise<void>;
}

export interface GraphCall {
  request: FastifyRequest;
  reply: FastifyReply;
  on: FaultFacts['on'];
  title: string;
  /** Phone number id, or '' where the call names none. */
  channel: string;
  text?: string;
  mediaId?: string;
  /** The request as the log shows it, where the body itself is no JSON. */
  shown?: unknown;
  names?: (reference: string) => boolean;
  work: (fault: Fault | null) => Outcome | Promise<Outcome>;
}

function refusal(error: unknown): Outcome {
  if (error instanceof GraphError) return { status: error.httpStatus, body: error.toBody() };
  throw error;
}

function faultError(fault: Fault): GraphError | null {
  const { error } = fault;
  if (error === undefined || error.when === 'async' || error.perUser) return null;
  return new GraphError(error.code, error);
}

async function work(call: GraphCall, fault: Fault | null): Promise<Outcome> {
  try {
    const planned = fault === null ? null : faultError(fault);
    if (planned !== null) throw planned;
    return await call.work(fault);
  } catch (error) {
    return refusal(error);
  }
}

function cut(call: GraphCall): void {
  call.reply.hijack();
  call.request.raw.socket.resetAndDestroy();
}

function hold(world: World, call: GraphCall, fault: Fault, outcome: Outcome | null): Promise<void> {
  const about = {
    accepted: outcome?.sent !== undefined,
    messageId: outcome?.sent?.id ?? null,
    callbackData: outcome?.sent?.biz_opaque_callback_data ?? null,
  };
  return world.held.hold(about, fault.holdMs, (listener) => call.reply.raw.on('close', listener));
}

function isGone(call: GraphCall): boolean {
  return call.request.raw.socket.destroyed;
}

interface Ended {
  status: number | null;
  body: unknown;
  remark: string | null;
}

/** Trouble before the work; true when the call has ended. */
async function troubleBefore(world: World, call: GraphCall, fault: Fault): Promise<Ended | null> {
  if (fault.delayMs !== undefined) await sleep(fault.delayMs);
  if (fault.hold === 'before') await hold(world, call, fault, null);
  if (isGone(call)) return { status: null, body: null, remark: 'quem chamou desligou' };
  if (fault.reset === 'before') {
    cut(call);
    return { status: null, body: null, remark: 'conexão cortada antes de aceitar' };
  }
  if (fault.http !== undefined && !fault.accepted) return bareHttp(call, fault.http);
  return null;
}

function bareHttp(call: GraphCall, status: number): Ended {
  const body = `<html><body><h1>${status}</h1></body></html>`;
  call.reply.code(status).type('text/html').send(body);
  return { status, body, remark: 'falha pedida' };
}

/** Trouble after the work: the answer is late, false or lost. */
async function troubleAfter(
  world: World,
  call: GraphCall,
  fault: Fault,
  outcome: Outcome,
): Promise<Ended | null> {
  const mark = (answer: SentMessage['answer']) => {
    if (outcome.sent !== undefined) outcome.sent.answer = answer;
  };
  if (fault.hold === 'after-acceptance') {
    mark('held');
    await hold(world, call, fault, outcome);
    if (isGone(call)) {
      mark('hung-up');
      call.reply.hijack();
      return { status: null, body: outcome.body, remark: 'aceita; quem chamou desligou' };
    }
  }
  if (fault.reset === 'after-acceptance') {
    mark('reset');
    cut(call);
    return { status: null, body: outcome.body, remark: 'aceita; conexão cortada' };
  }
  if (fault.http !== undefined) {
    mark('error');
    return bareHttp(call, fault.http);
  }
  return null;
}

async function run(world: World, call: GraphCall): Promise<Ended> {
  const channel = world.channels.get(call.channel);
  const query = call.request.query as Record<string, unknown>;
  const { authorization } = call.request.headers;
  try {
    const expected = expectedToken(channel, world.accessToken);
    authorizeRequest(authorization, query['access_token'], expected);
    checkProof(authorization, query, channel);
  } catch (error) {
    const { status, body } = refusal(error);
    call.reply.code(status).send(body);
    return { status, body, remark: null };
  }
  const fault = world.faults.strike({
    on: call.on,
    method: call.request.method,
    channel: call.channel,
    text: call.text ?? '',
    mediaId: call.mediaId ?? null,
    names: call.names ?? (() => false),
  });
  const early = fault === null ? null : await troubleBefore(world, call, fault);
  if (early !== null) return early;
  const outcome = await work(call, fault);
  const late = fault === null ? null : await troubleAfter(world, call, fault, outcome);
  if (late !== null) return late;
  if (outcome.deliver === undefined) call.reply.code(outcome.status).send(outcome.body);
  else await outcome.deliver(call.reply, fault);
  return { status: outcome.status, body: outcome.body, remark: null };
}

/** Answers one Graph call: token, planned trouble, work, log. */
export async function answerCall(world: World, call: GraphCall): Promise<FastifyReply> {
  const started = performance.now();
  const entry: LogEntry = world.log.add('api', call.title, {
    channel: call.channel === '' ? null : call.channel,
    method: call.request.method,
    url: call.request.originalUrl,
    state: 'waiting',
    request: call.shown ?? call.request.body ?? null,
  });
  const ended = await run(world, call);
  world.log.change(entry, {
    status: ended.status,
    state: ended.status !== null && ended.status < 400 ? 'ok' : 'failed',
    ms: Math.round((performance.now() - started) * 10) / 10,
    answer: ended.remark === null ? ended.body : { nota: ended.remark, resposta: ended.body },
  });
  return call.reply;
}
