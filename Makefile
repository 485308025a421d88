.PHONY: run test check fmt

run: ## Build everything and serve a demonstration
	cargo build --release -p steward-server
	./target/release/steward serve --demo

test: ## Everything that must hold before a change is merged
	./scripts/test.sh

check: ## The quick half of the tests
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo run -q -p xtask -- tidy

fmt:
	cargo fmt --all
