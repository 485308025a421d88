.PHONY: run web test test-quick test-web contract check fmt

run: web ## Build everything and serve a demonstration
	cargo build --release -p steward-server
	./target/release/steward serve --demo

web: ## Build the front end into web/dist; the server build takes it in
	@if command -v npm >/dev/null; then cd web && npm ci --no-audit --no-fund && npm run build; \
	else echo "npm is missing: the server is built without its front end"; fi

test: ## Everything that must hold before a change is merged
	./scripts/test.sh

test-quick: ## The everyday part of the tests, on SQLite alone: under three minutes
	./scripts/test-quick.sh

test-web: ## The half of the tests that is about the front end
	./scripts/test-web.sh

contract: ## Many generated requests against the built binary; the tests send a few
	./scripts/contract.sh

check: ## Format, lints, house rules
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo run -q -p xtask -- tidy

fmt:
	cargo fmt --all
