/** How far something has come; without a share nobody knows. */
export function Bar({ label, share }: { label: string; share: number | null }) {
  return (
    <progress
      aria-label={label}
      {...(share !== null && { value: share })}
      max={1}
      className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-pressed [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:bg-accent"
    />
  );
}
