// Apart from public.ts, for the navigation of the console alone.
export { ViewsNav } from './components/queue/ViewsNav';
