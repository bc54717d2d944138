import { KeyRound, Plus, Webhook } from 'lucide-react';
import { phoneText } from './formats.ts';
import { Menu } from './menu.tsx';
import { AddNumber, NumberPanel } from './number-panel.tsx';
import { HANDSHAKES, WebhookPanel } from './webhook-panel.tsx';
import type { Channel } from './wire-types.ts';

interface ChannelLineProps {
  channels: readonly Channel[];
  channel: string;
  onChannel: (phoneNumberId: string) => void;
}

/** The business's number, and what Meta's pages let one see and set of it. */
export function ChannelLine({ channels, channel, onChannel }: ChannelLineProps) {
  const current = channels.find(({ phoneNumberId }) => phoneNumberId === channel);
  if (current === undefined) return null;
  return (
    <div className="channel">
      {channels.length > 1 ? (
        <select
          value={channel}
          aria-label="Número da empresa"
          onChange={(event) => onChannel(event.target.value)}
        >
          {channels.map((one) => (
            <option key={one.phoneNumberId} value={one.phoneNumberId}>
              {one.verifiedName} · {phoneText(one.displayPhoneNumber)}
            </option>
          ))}
        </select>
      ) : (
        <span>
          {current.verifiedName} · {phoneText(current.displayPhoneNumber)}
        </span>
      )}
      <span className={`callback ${current.handshake}`} title={current.webhookUrl ?? ''}>
        {HANDSHAKES[current.handshake]}
      </span>
      <span className="channel-menus">
        <Menu label="Webhook" face={<Webhook size={18} strokeWidth={1.75} aria-hidden="true" />}>
          {() => <WebhookPanel key={channel} channel={current} />}
        </Menu>
        <Menu
          label="Dados do número"
          face={<KeyRound size={18} strokeWidth={1.75} aria-hidden="true" />}
        >
          {() => <NumberPanel key={channel} channel={current} />}
        </Menu>
        <Menu
          label="Adicionar número da empresa"
          face={<Plus size={18} strokeWidth={1.75} aria-hidden="true" />}
        >
          {(close) => (
            <AddNumber
              onAdded={(id) => {
                close();
                onChannel(id);
              }}
            />
          )}
        </Menu>
      </span>
    </div>
  );
}
