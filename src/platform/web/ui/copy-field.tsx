import { Check, Copy } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { copyText } from '../clipboard.ts';
import { Button } from './button.tsx';
import { controlClass, Frame } from './field.tsx';

/** Text to carry elsewhere: selected on focus, copied by its button. */
export function CopyField({
  label,
  value,
  words,
}: {
  label: string;
  value: string;
  words: { copy: string; copied: string };
}) {
  const id = useId();
  const [wasCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!wasCopied) return;
    const timer = setTimeout(() => setCopied(false), 2500);
    return () => clearTimeout(timer);
  }, [wasCopied]);
  const copy = async () => {
    await copyText(value);
    setCopied(true);
  };
  return (
    <Frame id={id} label={label} isLabelHidden={false}>
      <div className="flex gap-2">
        <input
          id={id}
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
          className={`${controlClass} h-10 min-w-0 flex-1 bg-sunken font-mono text-preview`}
        />
        <Button
          className="h-10 min-w-28"
          icon={wasCopied ? <Check /> : <Copy />}
          onClick={() => void copy()}
        >
          {wasCopied ? words.copied : words.copy}
        </Button>
        <span role="status" className="sr-only">
          {wasCopied && words.copied}
        </span>
      </div>
    </Frame>
  );
}
