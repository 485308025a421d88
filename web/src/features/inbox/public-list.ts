// Apart from public.ts, so that the navigation does not load it.
export { NewsList } from './components/NewsList';
