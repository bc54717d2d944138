import { Paperclip } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '#platform/web/http.ts';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Problem } from '#platform/web/ui/problem.tsx';
import type { Template } from '../contract.ts';
import { acceptedTypes, type HeaderFile, largestFile, uploadFile } from './upload-file.ts';

export interface ChosenHeader {
  /** Null where the header is no file. */
  readonly kind: HeaderFile | null;
  readonly chosen: File | null;
  readonly uploadId: string | null;
  readonly isUploading: boolean;
  /** From 0 to 1. */
  readonly progress: number;
  readonly error: unknown;
  readonly choose: (file: File) => void;
  /** Forgets it. */
  readonly reset: () => void;
}

const kindOf = (kind: Template['header']['kind']): HeaderFile | null =>
  kind === 'image' || kind === 'video' || kind === 'document' ? kind : null;

const nothing = { chosen: null, uploadId: null, isUploading: false, progress: 0, error: null };

/** The file of the header: uploaded as soon as it is chosen. */
export function useHeaderFile(header: Template['header']['kind']): ChosenHeader {
  const kind = kindOf(header);
  const [state, setState] = useState<Omit<ChosenHeader, 'kind' | 'choose' | 'reset'>>(nothing);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const upload = async (file: File, as: HeaderFile, own: AbortController) => {
    const isMine = () => running.current === own;
    try {
      const onProgress = (progress: number) =>
        isMine() && setState((before) => ({ ...before, progress }));
      const upload = await uploadFile(file, { onProgress, signal: own.signal });
      if (!isMine()) return;
      const isRight = upload.kind === as;
      setState({
        ...nothing,
        chosen: isRight ? file : null,
        uploadId: isRight ? upload.id : null,
        error: isRight ? null : new ApiProblem(422, { code: 'upload-of-another-kind' }),
      });
    } catch (error) {
      if (isMine()) setState({ ...nothing, error });
    }
  };
  const choose = (file: File) => {
    if (!kind) return;
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    if (file.size > largestFile(kind)) {
      setState({ ...nothing, error: new ApiProblem(413, { code: 'file-too-large' }) });
      return;
    }
    setState({ ...nothing, chosen: file, isUploading: true });
    void upload(file, kind, own);
  };
  const reset = () => {
    running.current?.abort();
    running.current = null;
    setState(nothing);
  };
  return { ...state, kind, choose, reset };
}

/** Chooses the picture, film or document that stands above the text. */
export function HeaderFileField({
  file,
  kind,
  isMissing,
}: {
  file: ChosenHeader;
  kind: HeaderFile;
  isMissing: boolean;
}) {
  const { t } = useTranslation('templates');
  const problemText = useProblemText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const problem = file.error ? problemText(file.error).text : isMissing ? t('file.missing') : null;
  return (
    <div className="flex flex-col gap-1.5">
      <span id={`${id}-label`} className="text-body font-medium">
        {t(`file.${kind}`)}
      </span>
      <input
        ref={input}
        type="file"
        accept={acceptedTypes(kind)}
        aria-label={t(`file.${kind}`)}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen) file.choose(chosen);
          event.target.value = '';
        }}
      />
      <Button
        icon={<Paperclip className="size-4" />}
        isBusy={file.isUploading}
        aria-describedby={`${id}-label ${id}-hint`}
        aria-invalid={problem ? true : undefined}
        className="justify-start"
        onClick={() => input.current?.click()}
      >
        <span className="min-w-0 truncate">{file.chosen?.name ?? t('file.choose')}</span>
      </Button>
      {file.isUploading && (
        <progress
          aria-label={t('file.uploading')}
          value={file.progress}
          max={1}
          className="h-1 w-full accent-accent"
        />
      )}
      <p id={`${id}-hint`} className="text-meta text-ink-faint">
        {t('file.limit', { megabytes: Math.round(largestFile(kind) / 1024 / 1024) })}
      </p>
      {problem && <Problem>{problem}</Problem>}
    </div>
  );
}
