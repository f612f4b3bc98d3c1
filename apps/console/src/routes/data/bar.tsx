interface Props {
  /** where it begins and how long it is, of the whole width: 0 to 1 */
  from?: number;
  length: number;
  color: string;
}

/** A part of a line. It says nothing to screen readers: its figures stand beside it. */
export const Bar = ({ from = 0, length, color }: Props) => (
  <svg width="100%" height="10" aria-hidden focusable="false">
    <rect width="100%" height="10" rx="3" fill="var(--mantine-color-default-border)" opacity="0.5" />
    <rect
      x={percent(Math.min(from, 0.995))}
      width={percent(Math.max(Math.min(length, 1 - from), 0.005))}
      height="10"
      rx="3"
      fill={color}
    />
  </svg>
);

const percent = (part: number): string => `${(part * 100).toFixed(2)}%`;
