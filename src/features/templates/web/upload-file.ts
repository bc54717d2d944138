import { mediaLimits, type Upload } from '#features/media/contract.ts';
import type { Problem } from '#platform/shared/problem.ts';
import { ApiProblem } from '#platform/web/http.ts';

export type HeaderFile = 'image' | 'video' | 'document';

/** For the browser's own chooser. */
export const acceptedTypes = (kind: HeaderFile): string =>
  (mediaLimits.find((limit) => limit.kind === kind)?.mimeTypes ?? []).join(',');

export const largestFile = (kind: HeaderFile): number =>
  mediaLimits.find((limit) => limit.kind === kind)?.maxBytes ?? 0;

const answerOf = (request: XMLHttpRequest): unknown => {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
};

/** Puts a file where a message can name it. `fetch` cannot tell how far it is. */
export const uploadFile = (
  file: File,
  { onProgress, signal }: { onProgress: (part: number) => void; signal: AbortSignal },
): Promise<Upload> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/uploads?fileName=${encodeURIComponent(file.name.slice(-255))}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiProblem(0, { code: 'network' }));
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    request.onload = () => {
      const body = answerOf(request);
      if (request.status === 201) resolve(body as Upload);
      else reject(new ApiProblem(request.status, (body ?? {}) as Partial<Problem>));
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
