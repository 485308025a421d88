export { ToldDialog } from './components/ToldDialog';
