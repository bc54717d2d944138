import { useMutation } from '@tanstack/react-query';
import { api, type Page } from '#platform/web/http.ts';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { RemovalRequest } from '../contract.ts';

/** The number of a request, as the way to it. A tombstone knows no more of its request. */
export function RequestLink({
  number,
  words,
  onFound,
}: {
  number: number;
  words: string;
  onFound: (requestId: string) => void;
}) {
  const problemText = useProblemText();
  const find = useMutation({
    mutationFn: () =>
      api.get<Page<RemovalRequest>>('/api/v1/removal-requests', {
        query: { state: 'all', number, limit: 1 },
      }),
    onSuccess: ({ items: [found] }) => {
      if (found) onFound(found.id);
    },
    onError: (error) => showToast(problemText(error).text),
  });
  return (
    <button
      type="button"
      aria-busy={find.isPending || undefined}
      onClick={() => find.isPending || find.mutate()}
      className="rounded-small underline underline-offset-2 hover:text-ink"
    >
      {words}
    </button>
  );
}
