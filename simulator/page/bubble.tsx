import { Check, CheckCheck, Clock, Forward, Pencil, Reply, SmilePlus, Trash2 } from 'lucide-react';
import { CardView } from './card-view.tsx';
import { Choices } from './choices.tsx';
import { timeOf } from './formats.ts';
import { Menu, MenuItem } from './menu.tsx';
import type { ThreadItem, Ticks } from './wire-types.ts';

const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

const TICK_WORDS: Record<Ticks, string> = {
  pending: 'esperando conexão',
  sent: 'enviada',
  delivered: 'entregue',
  read: 'lida',
  none: '',
};

function TickMark({ ticks }: { ticks: Ticks }) {
  if (ticks === 'none') return null;
  const Icon = ticks === 'pending' ? Clock : ticks === 'sent' ? Check : CheckCheck;
  return (
    <span className={`ticks ${ticks}`} role="img" aria-label={TICK_WORDS[ticks]}>
      <Icon size={14} strokeWidth={2} aria-hidden="true" />
    </span>
  );
}

export interface BubbleActions {
  react: (item: ThreadItem, emoji: string | null) => void;
  reply: (item: ThreadItem) => void;
  edit: (item: ThreadItem) => void;
  remove: (item: ThreadItem) => void;
  forward: (item: ThreadItem) => void;
  /** The person listened to a recording for the first time. */
  played: (item: ThreadItem) => void;
  does: (spec: Record<string, unknown>) => void;
}

const EDITABLE = new Set(['text', 'image', 'video', 'document']);
const FORWARDABLE = new Set([...EDITABLE, 'audio', 'sticker']);

function BubbleMenu({ item, actions }: { item: ThreadItem; actions: BubbleActions }) {
  const isMine = item.side === 'person';
  return (
    <Menu
      label="Responder ou reagir"
      className="bubble-more"
      face={<SmilePlus size={16} strokeWidth={1.75} aria-hidden="true" />}
    >
      {(close) => {
        const then = (work: () => void) => () => {
          work();
          close();
        };
        return (
          <>
            <div className="emoji-row">
              {EMOJI.map((emoji) => (
                <button
                  type="button"
                  key={emoji}
                  aria-label={`Reagir com ${emoji}`}
                  aria-pressed={item.reaction === emoji}
                  onClick={then(() => actions.react(item, item.reaction === emoji ? null : emoji))}
                >
                  {emoji}
                </button>
              ))}
            </div>
            <MenuItem icon={<Reply size={16} />} onChoose={then(() => actions.reply(item))}>
              Responder
            </MenuItem>
            {FORWARDABLE.has(item.kind) && (
              <MenuItem icon={<Forward size={16} />} onChoose={then(() => actions.forward(item))}>
                Encaminhar
              </MenuItem>
            )}
            {isMine && EDITABLE.has(item.kind) && (
              <MenuItem icon={<Pencil size={16} />} onChoose={then(() => actions.edit(item))}>
                Editar
              </MenuItem>
            )}
            {isMine && (
              <MenuItem icon={<Trash2 size={16} />} onChoose={then(() => actions.remove(item))}>
                Apagar para todos
              </MenuItem>
            )}
          </>
        );
      }}
    </Menu>
  );
}

interface BubbleProps {
  item: ThreadItem;
  joins: boolean;
  actions: BubbleActions;
}

/** One message on the person's phone. */
export function Bubble({ item, joins, actions }: BubbleProps) {
  if (item.side === 'system') return <li className="system-line">{item.text}</li>;
  const isMine = item.side === 'person';
  const card = item.deleted ? null : item.card;
  const isBare = card?.media?.kind === 'sticker';
  return (
    <li className={`bubble-row ${isMine ? 'mine' : 'theirs'} ${joins ? 'joins' : ''}`}>
      <div className={`bubble ${item.deleted ? 'deleted' : isBare ? 'bare' : ''}`}>
        {item.quotedText !== null && !item.deleted && <p className="quoted">{item.quotedText}</p>}
        {card !== null && (
          <CardView card={card} text={item.text} onPlayed={() => actions.played(item)} />
        )}
        <p className="bubble-text">
          {item.deleted ? 'Mensagem apagada' : item.text}
          <span className="bubble-meta">
            {item.edited && !item.deleted && <span>editada</span>}
            <time>{timeOf(item.at)}</time>
            <TickMark ticks={item.ticks} />
          </span>
        </p>
        {card?.footer !== undefined && <p className="card-footer">{card.footer}</p>}
        {!item.deleted && <Choices item={item} does={actions.does} />}
        {item.reaction !== null && <span className="reaction">{item.reaction}</span>}
      </div>
      {!item.deleted && <BubbleMenu item={item} actions={actions} />}
    </li>
  );
}
