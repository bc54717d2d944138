/** The gatehouse: a roof line, a window, a barrier. It reads at 16 px. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className} fill="none">
      <path
        d="M2.5 8.5 8.5 4l6 4.5"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        d="M4.5 9.5V20h8V9.5"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <rect x="6.75" y="11" width="3.5" height="3.5" rx="0.75" fill="currentColor" />
      <path d="M14.5 17.5 21 6.5" stroke="var(--accent)" strokeWidth="2.25" strokeLinecap="round" />
      <circle cx="14.5" cy="17.5" r="1.75" fill="var(--accent)" />
    </svg>
  );
}
