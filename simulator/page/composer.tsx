import { Mic, SendHorizontal, Trash2, X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { AttachMenu } from './attach-menu.tsx';
import { lineOf, playText } from './formats.ts';
import { type Recorder, useRecorder } from './recorder.ts';
import type { ThreadItem } from './wire-types.ts';

/** What the next text is for: a reply or a correction. */
export type Purpose = { kind: 'reply' | 'edit'; item: ThreadItem };

interface ComposerProps {
  name: string;
  purpose: Purpose | null;
  onCancel: () => void;
  onText: (text: string) => void;
  onOther: (spec: Record<string, unknown>) => void;
  onFiles: (files: readonly File[], caption: string) => void;
  onVoice: (recording: Blob) => void;
}

function PurposeLine({ purpose, onCancel }: { purpose: Purpose; onCancel: () => void }) {
  return (
    <div className="purpose">
      <span>
        <b>{purpose.kind === 'reply' ? 'Respondendo' : 'Editando'}</b> {lineOf(purpose.item)}
      </span>
      <button type="button" className="icon-button" aria-label="Cancelar" onClick={onCancel}>
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  );
}

function RecordingRow({ recorder }: { recorder: Recorder }) {
  return (
    <div className="composer-row recording">
      <button
        type="button"
        className="icon-button"
        aria-label="Descartar a gravação"
        onClick={() => recorder.stop(false)}
      >
        <Trash2 size={18} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <p role="status">
        <span className="recording-dot" aria-hidden="true" /> Gravando{' '}
        {playText(recorder.seconds ?? 0)}
      </p>
      <button
        type="button"
        className="send"
        aria-label="Enviar a gravação"
        onClick={() => recorder.stop(true)}
      >
        <SendHorizontal size={18} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  );
}

interface SendProps {
  name: string;
  text: string;
  recorder: Recorder;
  onSend: () => void;
}

/** With words typed it sends them, without any it records. */
function SendButton({ name, text, recorder, onSend }: SendProps) {
  const isEmpty = text.trim() === '';
  return isEmpty ? (
    <button
      type="button"
      className="icon-button"
      aria-label={`Gravar como ${name}`}
      title="Gravar mensagem de voz"
      onClick={recorder.start}
    >
      <Mic size={18} strokeWidth={1.75} aria-hidden="true" />
    </button>
  ) : (
    <button type="button" className="send" aria-label={`Enviar como ${name}`} onClick={onSend}>
      <SendHorizontal size={18} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}

/** Where the person types. Enter sends, Shift+Enter breaks the line. */
export function Composer({ name, purpose, onCancel, onText, ...on }: ComposerProps) {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const recorder = useRecorder(on.onVoice);

  useEffect(() => {
    if (purpose === null) return;
    if (purpose.kind === 'edit') setText(purpose.item.text);
    field.current?.focus();
  }, [purpose]);

  const send = () => {
    if (text.trim() === '') return;
    onText(text.trim());
    setText('');
  };
  const sendFiles = (files: readonly File[]) => {
    if (files.length === 0) return;
    on.onFiles(files, text.trim());
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && purpose !== null) onCancel();
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length > 0) event.preventDefault();
    sendFiles(files);
  };

  return (
    <div className="composer">
      {purpose !== null && <PurposeLine purpose={purpose} onCancel={onCancel} />}
      {recorder.problem !== '' && (
        <p className="purpose" role="alert">
          {recorder.problem}
        </p>
      )}
      {recorder.seconds === null ? (
        <div className="composer-row">
          <AttachMenu
            caption={text.trim()}
            onSend={on.onOther}
            onFiles={sendFiles}
            onUsed={() => setText('')}
          />
          <textarea
            ref={field}
            rows={1}
            value={text}
            placeholder="Mensagem"
            aria-label={`Mensagem de ${name}`}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
          />
          <SendButton name={name} text={text} recorder={recorder} onSend={send} />
        </div>
      ) : (
        <RecordingRow recorder={recorder} />
      )}
    </div>
  );
}
