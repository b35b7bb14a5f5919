# Scripts/package fills in what stands between @ signs.
class Llmfmt < Formula
  desc "Convert language model configurations between JSON, HAL, XML and CSV"
  homepage "@HOMEPAGE@"
  url "@HOMEPAGE@/releases/download/v@VERSION@/llmfmt-@VERSION@.tar.gz"
  sha256 "@SHA256@"
  license "Apache-2.0"

  depends_on "pkgconf" => :build
  depends_on "libxml2"
  uses_from_macos "swift" => :build

  on_macos do
    depends_on xcode: ["26.0", :build]
    depends_on macos: :tahoe
  end

  def install
    # Homebrew builds in a sandbox already, and one in another does not start.
    arguments = ["--disable-sandbox", "-c", "release", "--product", "llmfmt"]
    arguments << "--static-swift-stdlib" if OS.linux?
    system "swift", "build", *arguments
    bin.install ".build/release/llmfmt"
    generate_completions_from_executable(bin/"llmfmt", "--generate-completion-script")
    system "Scripts/man", bin/"llmfmt", buildpath
    man1.install Dir["llmfmt*.1"]
  end

  test do
    (testpath/"models.json").write '[{"name":"Help desk","openAI":{"customModel":"gpt-4o"}}]'
    assert_equal "name,openAI.customModel\r\nHelp desk,gpt-4o\r\n", shell_output("#{bin}/llmfmt models.json --to csv")
    assert_match version.to_s, shell_output("#{bin}/llmfmt --version")
  end
end
