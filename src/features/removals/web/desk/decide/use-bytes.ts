import { useEffect, useState } from 'react';
import { ApiProblem } from '#platform/web/http.ts';

/** Fetched past the browser's cache, so that nothing of it is left there when the box is closed. */
async function fetchBytes(messageId: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(`/api/v1/messages/${messageId}/media`, {
    cache: 'no-store',
    signal,
  });
  if (!response.ok) throw new ApiProblem(response.status, {});
  return response.blob();
}

type Bytes = { url: string } | 'loading' | 'failed';

/** The file of a message that was revealed, for as long as it is looked at. */
export function useBytes(messageId: string): { bytes: Bytes; again: () => void } {
  const [tries, setTries] = useState(0);
  const [bytes, setBytes] = useState<Bytes>('loading');
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try fetches anew
  useEffect(() => {
    const leaving = new AbortController();
    let url: string | undefined;
    setBytes('loading');
    fetchBytes(messageId, leaving.signal).then(
      (blob) => {
        if (leaving.signal.aborted) return;
        url = URL.createObjectURL(blob);
        setBytes({ url });
      },
      () => !leaving.signal.aborted && setBytes('failed'),
    );
    return () => {
      leaving.abort();
      if (url) URL.revokeObjectURL(url);
    };
  }, [messageId, tries]);
  return { bytes, again: () => setTries((before) => before + 1) };
}
