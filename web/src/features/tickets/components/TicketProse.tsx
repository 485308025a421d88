import { useNavigate } from '@tanstack/react-router';
import { type MouseEvent, useMemo } from 'react';
import { Prose } from '@/ui/text/Prose';
import { withTicketLinks } from '../ticket-links';

/** What somebody wrote, in which numbers of tickets lead to them without leaving the application. */
export function TicketProse({ html }: { html: string }) {
  const navigate = useNavigate();
  const linked = useMemo(() => withTicketLinks(html), [html]);
  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
    const link = event.target instanceof Element ? event.target.closest('a[data-ticket]') : null;
    const key = link?.getAttribute('data-ticket');
    if (!key) return;
    event.preventDefault();
    void navigate({ to: '/agent/incidents/$key', params: { key } });
  };
  return (
    <div onClick={onClick}>
      <Prose html={linked} />
    </div>
  );
}
