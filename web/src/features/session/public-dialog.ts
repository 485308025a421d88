// Apart from public.ts, so that its code can be fetched on its own.
export { SessionDialog } from './components/SessionDialog';
