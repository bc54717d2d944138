import { z } from 'zod';

const faultPlaces = [
  'messages',
  'read',
  'block_users',
  'accounts',
  'templates',
  'media_upload',
  'media_lookup',
  'media_download',
  'media_delete',
  'any',
] as const;

/** What may be wrong with a file on its way to the business, or with what is said of it. */
const mediaTrouble = z.strictObject({
  /** The connection breaks after this part of the bytes. */
  cut: z.number().min(0).max(1).optional(),
  /** Bytes trickle. */
  bytesPerSecond: z.number().int().min(1).optional(),
  /** As many bytes, but others: the digest does not fit. */
  wrongBytes: z.boolean().optional(),
  /** `content-length` (download) or `file_size` (lookup) is off by so many. */
  lengthOff: z.number().int().optional(),
  /** So much filler follows, without a `content-length`. */
  extraBytes: z.number().int().min(1).optional(),
  contentType: z.string().optional(),
  /** Lookup: a digest that is not the file's. */
  wrongSha: z.boolean().optional(),
  /** Lookup: an address of somebody else's host. */
  url: z.string().optional(),
});

export type MediaTrouble = z.output<typeof mediaTrouble>;

/** What goes wrong, where, for whom and how often. */
export const faultSchema = z
  .strictObject({
    on: z.enum(faultPlaces).default('messages'),
    method: z.enum(['GET', 'POST', 'DELETE']).optional(),
    /** Only requests that name this person (number in any spelling, or BSUID). */
    to: z.string().optional(),
    channel: z.string().optional(),
    /** Only messages whose text holds these words. */
    text: z.string().optional(),
    mediaId: z.string().optional(),
    /** How often; 0 = until removed. */
    times: z.number().int().min(0).default(1),
    /** Let so many matching requests pass first. */
    skip: z.number().int().min(0).default(0),
    probability: z.number().min(0).max(1).default(1),
    /** A Graph error: at once, or accepted first and told by a `failed` status. */
    error: z
      .strictObject({
        code: z.number().int(),
        when: z.enum(['sync', 'async']).default('sync'),
        httpStatus: z.number().int().min(400).max(599).optional(),
        subcode: z.number().int().optional(),
        message: z.string().optional(),
        details: z.string().optional(),
        /** For block_users: fail only the named users, the rest of the request goes through. */
        perUser: z.boolean().default(false),
      })
      .optional(),
    /** A bare HTTP status with a body that is not JSON. */
    http: z.number().int().min(200).max(599).optional(),
    /** With `http`: do the work all the same, so that only the answer lies. */
    accepted: z.boolean().default(false),
    /** Keep the answer back: before the work is done, or after the message was accepted. */
    hold: z.enum(['before', 'after-acceptance']).optional(),
    /** Let a held answer go after so long; without it `POST /_sim/hold/release` does. */
    holdMs: z.number().int().min(1).optional(),
    /** Cut the connection instead of answering. */
    reset: z.enum(['before', 'after-acceptance']).optional(),
    delayMs: z.number().int().min(1).optional(),
    media: mediaTrouble.optional(),
    /** No status webhooks for the messages concerned. */
    muteStatuses: z.boolean().default(false),
  })
  .refine(
    ({ error, http, hold, reset, delayMs, media, muteStatuses }) =>
      [error, http, hold, reset, delayMs, media].some((what) => what !== undefined) || muteStatuses,
    { error: 'one of error, http, hold, reset, delayMs, media, muteStatuses is needed' },
  );

export type FaultSpec = z.output<typeof faultSchema>;

export interface Fault extends FaultSpec {
  readonly id: string;
  hits: number;
  seen: number;
}

/** A request as far as faults care. */
export interface FaultFacts {
  on: Exclude<FaultSpec['on'], 'any'>;
  method: string;
  channel: string;
  text: string;
  mediaId: string | null;
  /** Whether the request names the person a fault was set for. */
  names: (reference: string) => boolean;
}

/** Planned trouble, used up in the order it was planned. */
export class FaultBook {
  #faults: Fault[] = [];

  add(spec: FaultSpec): Fault {
    const fault = { ...spec, id: crypto.randomUUID(), hits: 0, seen: 0 };
    this.#faults.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  remove(id: string): boolean {
    const before = this.#faults.length;
    this.#faults = this.#faults.filter((fault) => fault.id !== id);
    return this.#faults.length < before;
  }

  clear(): void {
    this.#faults = [];
  }

  /** The first fault that strikes this request, counted. */
  strike(facts: FaultFacts): Fault | null {
    for (const fault of this.#faults) {
      if (!matches(fault, facts)) continue;
      fault.seen += 1;
      if (fault.seen <= fault.skip || Math.random() >= fault.probability) continue;
      fault.hits += 1;
      return fault;
    }
    return null;
  }
}

function matches(fault: Fault, facts: FaultFacts): boolean {
  if (fault.times > 0 && fault.hits >= fault.times) return false;
  if (fault.on !== 'any' && fault.on !== facts.on) return false;
  if (fault.method !== undefined && fault.method !== facts.method) return false;
  if (fault.channel !== undefined && fault.channel !== facts.channel) return false;
  if (fault.mediaId !== undefined && fault.mediaId !== facts.mediaId) return false;
  if (fault.text !== undefined && !facts.text.includes(fault.text)) return false;
  return fault.to === undefined || facts.names(fault.to);
}
