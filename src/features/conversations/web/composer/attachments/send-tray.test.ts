import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { getDraft, setDraft } from '../../data/drafts.ts';
import { forgetLocalFiles } from '../../data/local-files.ts';
import { getOutgoing, removeOutgoing } from '../../data/outgoing.ts';
import { forgetTrays, getTray } from '../../data/trays.ts';
import { aMessage } from '../../testing/views.ts';
import { addKnownFile } from './add-files.ts';
import { sendRecording } from './send-tray.ts';

/** An upload that never ends: what waits behind it stays where it can be seen. */
class EndlessRequest {
  upload = {};
  open() {}
  setRequestHeader() {}
  send() {}
}

beforeEach(() => {
  vi.stubGlobal('XMLHttpRequest', EndlessRequest);
  vi.stubGlobal('window', { addEventListener: vi.fn(), removeEventListener: vi.fn() });
});

afterEach(() => {
  forgetTrays();
  for (const { key } of getOutgoing()) removeOutgoing(key);
  forgetLocalFiles();
  vi.unstubAllGlobals();
});

it('a recording goes alone, as the answer; what is half written and attached stays', async () => {
  const contract = new File(['x'], 'contrato.pdf', { type: 'application/pdf' });
  const attached = await addKnownFile('c-1', contract, 'document', { durationSeconds: null });
  setDraft('c-1', { text: 'meio escri', replyTo: aMessage({ id: 'm-0' }) });
  const spoken = new File(['x'], 'voz.ogg', { type: 'audio/ogg' });
  const key = await addKnownFile('c-1', spoken, 'voice', { durationSeconds: 3 });

  sendRecording(new QueryClient(), 'c-1', key);

  const sent = getOutgoing().map(({ file, text, replyTo }) => [file?.kind, text, replyTo?.id]);
  expect(sent).toEqual([['voice', '', 'm-0']]);
  expect(getTray('c-1').items.map((item) => item.key)).toEqual([attached]);
  expect(getDraft('c-1')).toEqual({ text: 'meio escri', replyTo: null });
});
