import { Mark } from '@mantine/core';
import classes from './segments.module.css';

interface Segment {
  text: string;
  is_match: boolean;
}

/** A text in which what was searched for is marked. */
export function Segments({ segments }: { segments: readonly Segment[] }) {
  return segments.map((segment, index) =>
    segment.is_match ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
      <Mark key={index} className={classes.match}>
        {segment.text}
      </Mark>
    ) : (
      segment.text
    ),
  );
}
