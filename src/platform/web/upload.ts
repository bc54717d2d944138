import type { Problem } from '#platform/shared/problem.ts';
import { ApiProblem, tellSignedOut } from './http.ts';

interface UploadOptions {
  /** From 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const problemOf = ({ status, responseText }: XMLHttpRequest, wait: string | null): ApiProblem => {
  const body = readJson(responseText);
  const isTold = typeof body === 'object' && body !== null;
  const problem: Partial<Problem> = isTold ? body : status === 503 ? { code: 'unavailable' } : {};
  return new ApiProblem(status, problem, Number(wait) || undefined);
};

/**
 * Posts a file as it is and tells how far it has come, which `fetch` cannot.
 * @throws ApiProblem, also `network`; DOMException AbortError when it was called off
 */
export const uploadFile = <T>(
  path: string,
  file: Blob,
  { onProgress, signal }: UploadOptions,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const callOff = () => request.abort();
    request.open('POST', path);
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onabort = () => reject(new DOMException('called off', 'AbortError'));
    request.onerror = () => reject(new ApiProblem(0, { code: 'network' }));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        // The server promises the shape, as for `api`.
        resolve(readJson(request.responseText) as T);
        return;
      }
      const problem = problemOf(request, request.getResponseHeader('retry-after'));
      tellSignedOut(problem);
      reject(problem);
    };
    request.onloadend = () => signal.removeEventListener('abort', callOff);
    if (signal.aborted) {
      reject(new DOMException('called off', 'AbortError'));
      return;
    }
    signal.addEventListener('abort', callOff);
    request.send(file);
  });
