import { useEffect, useState } from 'react';

/** A value after it has rested for a moment: what is typed is not searched letter by letter. An empty one holds at once. */
export function useSettled(value: string, milliseconds = 180): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), value === '' ? 0 : milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
