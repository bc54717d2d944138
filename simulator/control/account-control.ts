import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { channelNamed } from '../inject/find-person.ts';
import { importHistory } from '../inject/import-history.ts';
import { syncContacts } from '../inject/sync-contacts.ts';
import { tellAccount } from '../inject/tell-account.ts';
import type { Channel, Health } from '../state/channels.ts';
import { RequestError } from '../state/request-error.ts';
import type { World } from '../state/world.ts';
import {
  changeTemplateCategory,
  changeTemplateQuality,
  changeTemplateStatus,
} from '../templates/change-template.ts';
import type { Template } from '../templates/template.ts';
import { Track } from '../webhooks/track.ts';
import {
  accountEvent,
  contactSyncBody,
  historyBody,
  read,
  templateBody,
  templatePatch,
} from './bodies.ts';
import { waitFor } from './wait-for.ts';

type HealthPatch = { [Key in keyof Health]?: Health[Key] | undefined };

const EVENTS: Record<string, string> = { RED: 'FLAGGED', YELLOW: 'FLAGGED', GREEN: 'UNFLAGGED' };

/** Changes what Meta thinks of the number; what it tells of by webhook is told. */
export function changeHealth(world: World, channel: Channel, patch: HealthPatch): void {
  const before = { ...channel.health };
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  Object.assign(channel.health, Object.fromEntries(given));
  const { quality, throughput, limit } = channel.health;
  const event =
    throughput !== before.throughput && throughput === 'HIGH'
      ? 'THROUGHPUT_UPGRADE'
      : quality === before.quality
        ? limit === before.limit
          ? null
          : 'UPGRADE'
        : (EVENTS[quality] ?? null);
  if (event === null) return;
  tellAccount(world, channel.wabaId, {
    field: 'phone_number_quality_update',
    title: `qualidade do número: ${event}`,
    value: {
      display_phone_number: channel.displayPhoneNumber,
      event,
      current_limit: limit,
    },
  });
}

function templateAt(world: World, id: string): Template {
  const template = world.templates.get(id);
  if (template === undefined) throw new RequestError(404, 'no such template');
  return template;
}

type Id = { Params: { id: string } };
type InChannel = { Querystring: { channel?: string } };

function patchTemplate(
  world: World,
  template: Template,
  { status, reason, category, quality, tell }: z.output<typeof templatePatch>,
): void {
  if (!tell) {
    const given = Object.entries({ status, category, quality });
    Object.assign(template, Object.fromEntries(given.filter(([, value]) => value !== undefined)));
    return;
  }
  if (status !== undefined) changeTemplateStatus(world, template, status, reason);
  if (category !== undefined) changeTemplateCategory(world, template, category);
  if (quality !== undefined) changeTemplateQuality(world, template, quality);
}

function addTemplateControl(app: FastifyInstance, world: World): void {
  app.get<InChannel>('/_sim/templates', (request) => ({
    items: world.templates.listOf(channelNamed(world, request.query.channel).wabaId),
  }));
  app.post('/_sim/templates', (request) => {
    const { channel, text, components, parameterFormat, ...rest } = read(
      templateBody,
      request.body,
    );
    if (text === undefined && components === undefined) {
      throw new RequestError(422, 'text or components is needed');
    }
    return world.templates.put(channelNamed(world, channel).wabaId, {
      ...rest,
      ...(parameterFormat === undefined ? {} : { parameterFormat }),
      components: components ?? [{ type: 'BODY', text }],
    });
  });
  app.patch<Id>('/_sim/templates/:id', (request) => {
    const template = templateAt(world, request.params.id);
    patchTemplate(world, template, read(templatePatch, request.body));
    return template;
  });
  app.delete<Id>('/_sim/templates/:id', (request) => {
    world.templates.remove(templateAt(world, request.params.id));
    return { removed: true };
  });
}

function tellNumber(
  world: World,
  channel: Channel,
  news: { field: string; value: Record<string, unknown>; title: string },
): Track {
  const track = new Track();
  const lane = `account ${channel.wabaId}`;
  world.webhooks.send([{ ...news, channel, lane, track }]);
  return track;
}

async function postEvent(world: World, body: unknown): Promise<object> {
  const { channel: id, field, value, withNumber, ...waiting } = read(accountEvent, body);
  const channel = channelNamed(world, id);
  const news = { field, value, title: field };
  const track = withNumber
    ? tellNumber(world, channel, news)
    : tellAccount(world, channel.wabaId, news);
  await waitFor([track], waiting);
  return { state: track.state, lastStatus: track.lastStatus };
}

async function postHistory(world: World, body: unknown): Promise<object> {
  const { channel, people, wait, waitMs, ...rest } = read(historyBody, body);
  const known = people?.map((reference) => {
    const person = world.people.find(reference);
    if (person === undefined) throw new RequestError(404, `no phone ${reference}`);
    return person;
  });
  const tracks = importHistory(world, channelNamed(world, channel), { ...rest, people: known });
  await waitFor(tracks, { wait, waitMs });
  return {
    webhooks: tracks.length,
    delivered: tracks.filter((one) => one.state === 'delivered').length,
  };
}

/** Templates, the health of a number, and what an account is told beside messages. */
export function addAccountControl(app: FastifyInstance, world: World): void {
  addTemplateControl(app, world);
  app.post('/_sim/account-events', (request) => postEvent(world, request.body));
  app.post('/_sim/history', (request) => postHistory(world, request.body));
  app.post('/_sim/contact-sync', async (request) => {
    const { channel, ...waiting } = read(contactSyncBody, request.body);
    const track = syncContacts(world, channelNamed(world, channel));
    await waitFor([track], waiting);
    return { state: track.state };
  });
}
