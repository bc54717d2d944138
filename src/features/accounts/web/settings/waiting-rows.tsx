import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';

/** Rows of a settings list before they are known. */
export const WaitingRows = ({ words }: { words: string }) => (
  <Delayed>
    <p role="status" className="sr-only">
      {words}
    </p>
    {['a', 'b', 'c'].map((row) => (
      <div key={row} className="flex h-16 items-center gap-3">
        <span className="overflow-hidden rounded-full">
          <Skeleton className="size-10" />
        </span>
        <span className="flex flex-col gap-2">
          <Skeleton className="h-3.5 w-40" />
          <Skeleton className="h-3 w-56" />
        </span>
      </div>
    ))}
  </Delayed>
);
