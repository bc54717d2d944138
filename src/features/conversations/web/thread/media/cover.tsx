import { EyeOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AlwaysShow } from '#features/media/web/index.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { HelpLink } from '#platform/web/ui/help-link.tsx';
import { hideInPlace } from '../../data/hide-in-place.ts';
import { useConversation } from '../../data/queries.ts';
import { useIsRevealed } from '../../data/revealed.ts';
import { useRemovalWay } from '../removal-way.ts';
import { type MediaMessage, placeholderUrl } from './media-kinds.ts';
import { Middle } from './media-state.tsx';
import { useReveal } from './use-media-actions.ts';

/** *Mostrar* and *Solicitar remoção*, side by side: one can ask without looking. */
function Ways({ message }: { message: MediaMessage }) {
  const { t } = useTranslation('covers');
  const reveal = useReveal(message.id);
  const way = useRemovalWay();
  return (
    <span className="flex flex-wrap justify-center gap-2">
      <Button
        size="sm"
        isBusy={reveal.isPending}
        className="bg-raised"
        onClick={() => reveal.mutate()}
      >
        {t('show')}
      </Button>
      {way && (
        <Button size="sm" className="bg-raised" onClick={() => way.ask([message])}>
          {way.label}
        </Button>
      )}
    </span>
  );
}

const Label = ({ kind }: { kind: MediaMessage['type'] }) => {
  const { t } = useTranslation('covers');
  return (
    <span className="font-medium text-ink" title={t('why')}>
      {t(`hidden.${kind}`)}
      <span className="sr-only">. {t('why')}</span>
    </span>
  );
};

/** In the place of a covered picture or film. Nothing of it is on this computer until *Mostrar* is pressed, but a few shades of grey at most. */
export function CoverSign({ message, children }: { message: MediaMessage; children?: ReactNode }) {
  return (
    <>
      {message.media.hasPlaceholder && <Shades messageId={message.id} />}
      <Middle className="bg-[radial-gradient(120%_140%_at_25%_15%,var(--pressed),transparent_70%)]">
        <EyeOff aria-hidden="true" className="text-ink-faint" />
        <Label kind={message.type} />
        {children}
      </Middle>
    </>
  );
}

/** The same with what can be done about it. */
export const Cover = ({ message }: { message: MediaMessage }) => (
  <CoverSign message={message}>
    <Ways message={message} />
  </CoverSign>
);

/** Faint, so that the words over it can be read on any of them. */
function Shades({ messageId }: { messageId: string }) {
  const [isGone, setGone] = useState(false);
  if (isGone) return null;
  return (
    <img
      src={placeholderUrl(messageId)}
      alt=""
      data-placeholder
      draggable={false}
      onError={() => setGone(true)}
      className="absolute inset-0 size-full object-cover opacity-25"
    />
  );
}

/** In the place of a covered document, of which not even the name is told. */
export function CoveredFile({ message, meta }: { message: MediaMessage; meta: ReactNode }) {
  return (
    <span className="block w-[300px] max-w-full" data-media={message.type} data-state="covered">
      <span className="-mx-1.5 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-control bg-sunken px-2.5 py-2.5 text-preview text-ink-soft">
        <span className="flex min-w-0 flex-1 basis-40 items-center gap-2.5">
          <EyeOff aria-hidden="true" className="shrink-0 text-ink-faint" />
          <Label kind={message.type} />
          <HelpLink to="midia-oculta#mostrar" isIcon className="self-center" />
        </span>
        <Ways message={message} />
      </span>
      {meta && <span className="flow-root">{meta}</span>}
    </span>
  );
}

/** Under what is covered, and under what was shown: the way to have it shown from this contact, and to hide what has no button of its own. */
export function CoverLine({
  message,
  canHide = false,
}: {
  message: MediaMessage;
  canHide?: boolean;
}) {
  const { t } = useTranslation('covers');
  const isShown = useIsRevealed(message.id);
  const contactId = useConversation(message.conversationId, false).data?.contactId;
  if (!message.media.isCovered) return null;
  return (
    <span className="flex flex-wrap gap-x-3">
      {message.direction === 'in' && contactId && <AlwaysShow contactId={contactId} />}
      {!isShown && <HelpLink to="midia-oculta#mostrar" isIcon />}
      {canHide && isShown && (
        <button
          type="button"
          onClick={(event) => hideInPlace(event.currentTarget, message.id)}
          className="min-h-6 rounded-small text-meta text-accent-ink underline underline-offset-2"
        >
          {t('hide')}
        </button>
      )}
    </span>
  );
}
