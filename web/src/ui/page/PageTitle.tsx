import { Title, type TitleProps } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTitleCount } from './title-count';

let hasNavigated = false;

interface PageTitleProps extends Omit<TitleProps, 'order'> {
  children: string;
  order?: 1;
  /** Name of the browser tab when it differs. */
  tabTitle?: string;
}

/** The page's one h1. Names the tab and takes the focus after a navigation, so that screen readers start here. */
export function PageTitle({ children, tabTitle, ...props }: PageTitleProps) {
  const count = useTitleCount();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (hasNavigated) heading.current?.focus({ preventScroll: true });
    hasNavigated = true;
  }, []);
  return (
    <>
      <title>{`${count > 0 ? `(${count}) ` : ''}${tabTitle ?? children} · Steward`}</title>
      <Title ref={heading} order={1} fz={20} lh={1.3} tabIndex={-1} {...props}>
        {children}
      </Title>
    </>
  );
}
