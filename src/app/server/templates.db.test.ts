import { describe, expect, it } from 'vitest';
import type { Template } from '#features/templates/contract.ts';
import { aTemplateWorld, patient, templatesNamed } from './testing/template-world.ts';

const world = aTemplateWorld();

describe('the list', () => {
  it('was read when the number was connected, and has what can be sent', async () => {
    const names = await world().namesOf();
    expect(names).toContain('pedido_enviado');
    expect(names.filter((name) => name === 'retomar_conversa')).toHaveLength(3);
    expect(names).not.toContain('oferta_relampago');
    expect(await world().namesOf('&all=true')).toContain('oferta_relampago');
  });

  it('is searched by name and by what it says, page by page', async () => {
    expect(await world().namesOf('&search=pedido enviado')).toEqual(['pedido_enviado']);
    for (const typed of ['CAF%C3%89', 'cafe', 'Promo%C3%A7%C3%A3o da']) {
      expect(await world().namesOf(`&search=${typed}`)).toEqual(['promocao_da_semana']);
    }
    const url = `/api/v1/templates?channelId=${world().workspace.number.channelId}&limit=2`;
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const answer = await world().server.http(
        cursor === '' ? url : `${url}&cursor=${cursor}`,
        world().workspace.team.agent,
      );
      const page = answer.json as { items: Template[]; nextCursor: string | null };
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(await world().namesOf());
  });

  it('knows at once what WhatsApp says of a template', async () => {
    const template = templatesNamed(world().simulator, 'retomar_conversa')[0];
    const patch = (status: string) =>
      fetch(`${world().simulator.url}/_sim/templates/${template?.id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ status }),
      });
    await patch('PAUSED');
    await expect
      .poll(
        async () =>
          (await world().list('&all=true')).filter(({ status }) => status === 'paused').length,
        patient,
      )
      .toBe(2);
    await patch('APPROVED');
    await expect.poll(async () => (await world().namesOf()).length, patient).toBe(9);
  });

  it('is read anew when an administrator asks, and keeps what it has when that fails', async () => {
    const sync = `/api/v1/channels/${world().workspace.number.channelId}/templates/sync`;
    const ask = (who: 'agent' | 'administrator') =>
      world().server.http(sync, { ...world().workspace.team[who], method: 'POST' });
    expect((await ask('agent')).status).toBe(403);
    const before = await world().namesOf('&all=true');
    await fetch(`${world().simulator.url}/_sim/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ on: 'templates', times: 1, error: { code: 190 } }),
    });
    const state = async () => (await world().server.http(sync, world().workspace.team.agent)).json;
    expect((await ask('administrator')).status).toBe(202);
    await expect.poll(state, patient).toMatchObject({ failure: 'whatsapp-190' });
    expect(await world().namesOf('&all=true')).toEqual(before);
    world().simulator.world.templates.put('200000000000001', {
      name: 'um_modelo_novo',
      language: 'pt_BR',
      components: [{ type: 'BODY', text: 'Novo' }],
      status: 'APPROVED',
    });
    // Nobody looks for it in vain without a word.
    world().simulator.world.templates.put('200000000000001', {
      name: 'vitrine',
      language: 'pt_BR',
      components: [
        { type: 'BODY', text: 'Novo' },
        { type: 'CAROUSEL', cards: [] },
      ],
      status: 'APPROVED',
    });
    await ask('administrator');
    await expect.poll(state, patient).toMatchObject({ failure: null, unfillable: 1 });
    await expect.poll(() => world().namesOf(), patient).toContain('um_modelo_novo');
    expect(await world().namesOf()).not.toContain('vitrine');
  });

  it('is nobody else’s', async () => {
    const url = '/api/v1/templates?channelId=01900000-0000-7000-8000-000000000000';
    expect((await world().server.http(url, world().workspace.team.agent)).status).toBe(404);
  });
});
