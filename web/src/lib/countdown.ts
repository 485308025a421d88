export interface Countdown {
  isOver: boolean;
  hours: number;
  minutes: number;
  seconds: number;
}

/** How long until, or since, a moment. */
export function countdown(at: string, now: number): Countdown {
  const difference = Date.parse(at) - now;
  const seconds = Math.floor(Math.abs(difference) / 1000);
  return {
    isOver: difference < 0,
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor((seconds % 3600) / 60),
    seconds: seconds % 60,
  };
}

/** `1:02:03` or `02:03`, as a clock shows it. */
export function clockText({ hours, minutes, seconds }: Countdown): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}
