import { useQueryClient } from '@tanstack/react-query';
import { SendHorizontal } from 'lucide-react';
import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { BlockedComposerBar } from '#features/gate/web/index.ts';
import { cx } from '#platform/web/ui/class-names.ts';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { Problem } from '#platform/web/ui/problem.tsx';
import type { Conversation } from '../../contract.ts';
import { contactTitle } from '../contact-title.ts';
import { getDraft, setDraft, useDraft } from '../data/drafts.ts';
import { sendText } from '../data/send-text.ts';
import { getTray, isTrayEmpty, useTray } from '../data/trays.ts';
import { useWindowLeft } from '../window-countdown.tsx';
import { AttachButton } from './attach-button.tsx';
import { addFiles } from './attachments/add-files.ts';
import { AttachmentTray, VoiceRecorder } from './attachments/lazy-parts.ts';
import { isFitToSend, sendRecording, sendTray } from './attachments/send-tray.ts';
import { VoiceButton } from './attachments/voice-button.tsx';
import { composerId, leaveComposer, takeComposerWish } from './composer-focus.ts';
import { composerKeys, formatChosen, insertAtCursor } from './composer-keys.ts';
import { EmojiButton } from './emoji-button.tsx';
import { pastedFiles } from './pasted-files.ts';
import { ReplyBanner } from './reply-banner.tsx';
import { TemplateButton } from './template-button.tsx';

const maxLength = 4096;

export interface ComposerProps {
  conversation: Conversation;
  inputRef: RefObject<HTMLTextAreaElement | null>;
}

/** The foot of the thread: a field to write in, or why one cannot. */
export function Composer({ conversation, inputRef }: ComposerProps) {
  const left = useWindowLeft(conversation);
  const canWrite = !conversation.isBlocked && left > 0;
  const name = contactTitle(conversation);
  return (
    // The hand that was writing goes on for a moment: what it types here must not run as a key of the screen.
    <div tabIndex={-1} data-quiet-keys className="shrink-0 -outline-offset-2">
      {conversation.isBlocked && (
        <BlockedComposerBar contactId={conversation.contactId} contactName={name} />
      )}
      {!conversation.isBlocked && left === 0 && <ClosedWindow conversation={conversation} />}
      {canWrite && <OpenComposer conversation={conversation} inputRef={inputRef} />}
    </div>
  );
}

/** Focus that was in the field stays at the foot when a bar takes its place, and comes back with the field. */
function useKeptFocus(inputRef: ComposerProps['inputRef']) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    const foot = element?.parentElement;
    if (foot && document.activeElement === foot) inputRef.current?.focus();
    return () => {
      if (element?.contains(document.activeElement)) requestAnimationFrame(() => foot?.focus());
    };
  }, [inputRef]);
  return box;
}

/** Free text would be refused: a template is what can be sent. */
function ClosedWindow({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  const { t: templates } = useTranslation('templates');
  const name = contactTitle(conversation);
  return (
    <div className="flex flex-col items-center gap-2.5 border-t border-hairline bg-list px-4 py-3 text-center">
      <div>
        <p className="text-body font-medium">{t('composer.window-closed')}</p>
        <p className="mx-auto mt-0.5 max-w-[86ch] text-preview text-balance text-ink-soft">
          {templates('window-closed-hint', { name })}
        </p>
      </div>
      <TemplateButton conversation={conversation} />
    </div>
  );
}

/** Sends the draft: from here on it is a bubble, whatever becomes of it. */
function useSend(conversationId: string): () => void {
  const client = useQueryClient();
  return () => {
    const draft = getDraft(conversationId);
    const tray = getTray(conversationId);
    if (draft.text.length > maxLength || !isFitToSend(tray)) return;
    if (draft.text.trim() === '' && tray.items.length === 0) return;
    const rest = sendTray(client, conversationId, draft);
    setDraft(conversationId, { text: '', replyTo: null });
    if (rest.text.trim() !== '') sendText(client, { conversationId, ...rest });
  };
}

function OpenComposer({ conversation, inputRef }: ComposerProps) {
  const { id } = conversation;
  const client = useQueryClient();
  const { text, replyTo } = useDraft(id);
  const tray = useTray(id);
  const send = useSend(id);
  const box = useKeptFocus(inputRef);
  const [isSpeaking, setSpeaking] = useState(false);
  const focusField = () => requestAnimationFrame(() => inputRef.current?.focus());
  const isTooLong = text.length > maxLength;
  const cancelReply = () => {
    setDraft(id, { replyTo: null });
    inputRef.current?.focus();
  };
  const closeRecorder = () => {
    setSpeaking(false);
    focusField();
  };
  return (
    <div ref={box} className="px-4 pb-4 max-md:px-2 max-md:pb-2">
      <div className="mx-auto max-w-[752px] rounded-card border border-control-line bg-raised has-[textarea:focus-visible]:border-accent has-[textarea:focus-visible]:shadow-[0_0_0_1px_var(--accent)]">
        {replyTo && (
          <ReplyBanner
            message={replyTo}
            contactName={contactTitle(conversation)}
            onCancel={cancelReply}
          />
        )}
        {!isTrayEmpty(tray) && (
          <AttachmentTray conversationId={id} onSend={send} onLeave={focusField} />
        )}
        {isSpeaking ? (
          <VoiceRecorder
            conversationId={id}
            onRecorded={(key) => sendRecording(client, id, key)}
            onClose={closeRecorder}
            onFailed={closeRecorder}
            whileLoading={<div className="h-12" />}
          />
        ) : (
          <WritingRow
            conversation={conversation}
            inputRef={inputRef}
            isTooLong={isTooLong}
            send={send}
            onKeyDown={composerKeys({
              send,
              stepBack: (field) => (replyTo ? cancelReply() : leaveComposer(field)),
              format: (sign) => formatChosen(inputRef.current, id, sign),
            })}
            onSpeak={() => setSpeaking(true)}
          />
        )}
      </div>
      {isTooLong && <TooLong />}
    </div>
  );
}

function TooLong() {
  const { t } = useTranslation('conversations');
  return (
    <Problem id="composer-problem" className="mx-auto mt-1 max-w-[752px]">
      {t('composer.too-long', { max: maxLength })}
    </Problem>
  );
}

interface WritingRowProps {
  conversation: Conversation;
  inputRef: ComposerProps['inputRef'];
  isTooLong: boolean;
  send: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onSpeak: () => void;
}

/** What can be attached, the field, and the way out. */
function WritingRow({ conversation, send, onSpeak, ...field }: WritingRowProps) {
  const { t } = useTranslation('conversations');
  const { inputRef, isTooLong } = field;
  const conversationId = conversation.id;
  const { text } = useDraft(conversationId);
  const tray = useTray(conversationId);
  const hasContent = text.trim() !== '' || tray.items.length > 0;
  const canSend = hasContent && !isTooLong && isFitToSend(tray);
  const focusField = () => requestAnimationFrame(() => inputRef.current?.focus());
  return (
    <div className="flex items-end gap-1 p-1.5 max-md:gap-0">
      <AttachButton conversation={conversation} onDone={focusField} />
      <EmojiButton onPick={(emoji) => insertAtCursor(inputRef.current, conversationId, emoji)} />
      <Field conversationId={conversationId} {...field} />
      <VoiceButton onPress={onSpeak} />
      <IconButton
        label={t('composer.send')}
        shortcut="Enter"
        tooltipSide="top"
        icon={<SendHorizontal />}
        disabled={!canSend}
        onClick={() => {
          send();
          inputRef.current?.focus();
        }}
        className={cx(
          canSend && 'bg-accent text-on-accent hover:bg-accent-hover hover:text-on-accent',
        )}
      />
    </div>
  );
}

function Field({
  conversationId,
  inputRef,
  onKeyDown,
  isTooLong,
}: {
  conversationId: string;
  inputRef: RefObject<HTMLTextAreaElement | null>;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  isTooLong: boolean;
}) {
  const { t } = useTranslation('conversations');
  const { text, replyTo } = useDraft(conversationId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const field = inputRef.current;
    if (!field) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  }, [text, inputRef]);
  useEffect(() => {
    if (takeComposerWish()) inputRef.current?.focus();
  }, [inputRef]);
  const repliedId = replyTo?.id;
  // Whoever chooses to reply wants to write next; nobody chose when only what is known of that message changed.
  useLayoutEffect(() => {
    if (repliedId) inputRef.current?.focus();
  }, [repliedId, inputRef]);
  return (
    <textarea
      ref={inputRef}
      id={composerId}
      rows={1}
      value={text}
      aria-label={t('composer.label')}
      placeholder={t('composer.label')}
      aria-invalid={isTooLong || undefined}
      aria-describedby={isTooLong ? 'composer-problem' : undefined}
      onChange={(event) => setDraft(conversationId, { text: event.target.value })}
      onKeyDown={onKeyDown}
      onPaste={(event) => {
        const files = pastedFiles(event.clipboardData);
        if (files.length === 0) return;
        event.preventDefault();
        void addFiles(conversationId, files);
      }}
      className="max-h-48 min-h-9 min-w-0 flex-1 resize-none overflow-y-auto bg-transparent px-1 py-[7px] text-message leading-[22px] outline-none focus-visible:outline-none"
    />
  );
}
